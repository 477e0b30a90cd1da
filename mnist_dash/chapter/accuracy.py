"""How good the nearest ideal is, under which norm, and why."""

from mnist_dash.baseline import NORMS, accuracy, confusion, ideals, predict
from mnist_dash.paired import paired
from mnist_dash.stress import Stress

# -- both norms on the validation images ---------------------------------------------------------------


def asked(mnist, digits):
    return mnist.valid.of(digits)


def seen(asked):
    return asked.images


def stressed(asked, dx, dy, turn, size, pen, blur, noise, salt, inverted, undivided):
    todo = Stress(
        dx=dx,
        dy=dy,
        turn=turn,
        size=size,
        pen=pen,
        blur=blur,
        noise=noise,
        salt=salt,
        inverted=inverted,
        undivided=undivided,
    )
    return todo.of(asked.images)


def ideals_in_play(mnist, digits, how, first):
    return ideals(mnist.train, digits, how=how, first=first)


def measured(seen, ideals_in_play):
    """Every norm's distances, (N, K)."""
    return {name: norm.distances(seen, ideals_in_play) for name, norm in NORMS.items()}


def answers(measured, digits):
    return {name: predict(distances, digits) for name, distances in measured.items()}


def scores(answers, asked, digits):
    return {name: accuracy(given, asked.labels, digits) for name, given in answers.items()}


def compared(answers, asked):
    return paired(*(given == asked.labels for given in answers.values()))


def training_scores(mnist, ideals_in_play, digits, first):
    own = mnist.train.of(digits, first)
    return {
        name: accuracy(predict(norm.distances(own.images, ideals_in_play), digits), own.labels, digits)
        for name, norm in NORMS.items()
    }


# -- digit by digit ------------------------------------------------------------------------------------


def confusions(answers, asked, digits):
    return {name: confusion(given, asked.labels, digits) for name, given in answers.items()}
