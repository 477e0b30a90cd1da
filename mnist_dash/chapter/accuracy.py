"""How good the nearest ideal is, under which norm, and why."""

import torch

from mnist_dash.core.baseline import NORMS, accuracy, by_ink, confusion, ideals, predict, scaled
from mnist_dash.core.datasets import Digits
from mnist_dash.core.flips import fewest
from mnist_dash.core.ink import Ink
from mnist_dash.core.ladder import climb
from mnist_dash.core.paired import paired
from mnist_dash.core.stress import Stress

# -- both norms on the validation images ---------------------------------------------------------------


def asked(data, digits):
    return data.valid.of(digits)


def places(data, digits):
    """Where each of these images is in the whole validation set, (N,)."""
    return torch.isin(data.valid.labels, torch.tensor(digits)).nonzero()[:, 0]


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


def ideals_in_play(data, digits, how, first):
    return ideals(data.train, digits, how=how, first=first)


def prepared(seen):
    """The same images as a list of their ink, which is faster to measure, if they are mostly paper."""
    return by_ink(seen)


def measured(prepared, ideals_in_play):
    """Every norm's distances, (N, K)."""
    return {name: norm.distances(prepared, ideals_in_play) for name, norm in NORMS.items()}


def answers(measured, digits):
    return {name: predict(distances, digits) for name, distances in measured.items()}


def scores(answers, asked, digits):
    return {name: accuracy(given, asked.labels, digits) for name, given in answers.items()}


def compared(answers, asked):
    return paired(*(given == asked.labels for given in answers.values()))


def ink_of_stacks(train, digits):
    """The images of each digit as a list of their ink."""
    return {digit: Ink.of(train.stacks[digit]) for digit in digits}


def training_ink(data, digits):
    return ink_of_stacks(data.train, digits)


def training_scores(training_ink, ideals_in_play, digits, first):
    own = [training_ink[digit].first(first) for digit in digits]
    labels = torch.tensor(digits).repeat_interleave(torch.tensor([len(ink) for ink in own]))
    called = answers(measured(Ink.cat(own), ideals_in_play), digits)
    return {name: accuracy(given, labels, digits) for name, given in called.items()}


def own_and_new(training_scores, scores):
    """How often L1 is right on the images that the ideals were made from, and on new ones."""
    return training_scores["L1"].pooled, scores["L1"].pooled


# -- a ladder of baselines -----------------------------------------------------------------------------


def commonest_digit(data, digits, first):
    """The digit with the most training images; of several, the smallest."""
    return max(digits, key=lambda digit: len(data.train.places[digit][:first]))


def mean_inks(data, digits, first):
    """The mean ink of each digit's training images, from 0 to 1: (K,)."""
    return ideals(data.train, digits, first=first).mean((-1, -2))


def answers_by_ink(seen, mean_inks, digits):
    """Looks only at how dark an image is: the digit whose mean ink is nearest."""
    inks = scaled(seen).mean((-1, -2))
    return predict((inks[:, None] - mean_inks).abs(), digits)


def baselines(commonest_digit, answers_by_ink, answers, asked, digits):
    """From the simplest way to answer to the nearest ideal: how good each is."""
    same = torch.full_like(asked.labels, commonest_digit)
    rungs = {"same answer": same, "darkness": answers_by_ink} | answers
    return {name: accuracy(given, asked.labels, digits) for name, given in rungs.items()}


def right_by_kind(data, prepared, asked, digits):
    """How many validation images are right with means as ideals, and how many with medians."""
    right = {}
    for how in ("mean", "median"):
        made = ideals(data.train, digits, how=how)
        right[how] = {
            name: int((predict(norm.distances(prepared, made), digits) == asked.labels).sum())
            for name, norm in NORMS.items()
        }
    return right


# -- be the classifier ---------------------------------------------------------------------------------


def drawn_by_lot(asked, seed, count):
    """Which images are drawn, always the same ones for the same seed: (count,)."""
    chance = torch.Generator().manual_seed(seed)
    return torch.randperm(len(asked), generator=chance)[:count]


def called_by_all(answers, drawn_by_lot, yours):
    """What you call these images, -1 being no answer, and what both norms do."""
    return {"you": torch.tensor(yours)} | {name: given[drawn_by_lot] for name, given in answers.items()}


def scores_of_all(called_by_all, asked, drawn_by_lot, digits):
    labels = asked.labels[drawn_by_lot]
    return {name: accuracy(given, labels, digits) for name, given in called_by_all.items()}


def confusions_of_all(called_by_all, asked, drawn_by_lot, digits):
    labels = asked.labels[drawn_by_lot]
    return {name: confusion(given, labels, digits) for name, given in called_by_all.items()}


def wrong_for_some(called_by_all, asked, drawn_by_lot):
    """Which of these images somebody got wrong, in the order they were shown."""
    labels = asked.labels[drawn_by_lot]
    wrong = torch.stack([given != labels for given in called_by_all.values()]).any(0)
    return wrong.nonzero()[:, 0]


def you_and(called_by_all, asked, drawn_by_lot):
    """How often only you are right, and how often only the norm."""
    right = {name: given == asked.labels[drawn_by_lot] for name, given in called_by_all.items()}
    return {name: paired(right["you"], right[name]) for name in NORMS}


# -- what the norms see --------------------------------------------------------------------------------


def some_of_each(asked, digits, count):
    """The first ``count`` of the images, one of each digit in turn."""
    rows = [(asked.labels == digit).nonzero()[:count, 0] for digit in digits]
    in_turn = [row[nth] for nth in range(count) for row in rows if nth < len(row)]
    return torch.stack(in_turn[:count])


# -- digit by digit ------------------------------------------------------------------------------------


def confusions(answers, asked, digits):
    return {name: confusion(given, asked.labels, digits) for name, given in answers.items()}


def worst_first(scores, digits):
    """The digits, the one with the lowest accuracy first, the mean of both norms'."""
    means = torch.tensor([score.per_class for score in scores.values()]).mean(0)
    return [digits[i] for i in means.argsort(stable=True).tolist()]


def errors(confusions):
    """The same counts without those on the diagonal, which are right."""
    return {name: counts - counts.diag().diag() for name, counts in confusions.items()}


def most_errors(errors, digits):
    """Where most errors are: the norm, the true digit, the answer, and how often."""
    worst = max(errors, key=lambda name: int(errors[name].max()))
    row, column = divmod(int(errors[worst].argmax()), len(digits))
    return worst, digits[row], digits[column], int(errors[worst].max())


def called_so(answers, asked, by, true, called):
    """Which images of one digit a norm calls another, in file order."""
    return ((asked.labels == true) & (answers[by] == called)).nonzero()[:, 0]


# -- where the norms disagree --------------------------------------------------------------------------


def who_is_right(answers, asked):
    """Which images only L1 gets right, only L2, and neither, in file order."""
    l1, l2 = (given == asked.labels for given in answers.values())
    groups = {"L1": l1 & ~l2, "L2": l2 & ~l1, "neither": ~l1 & ~l2}
    return {name: group.nonzero()[:, 0] for name, group in groups.items()}


# -- one image -----------------------------------------------------------------------------------------


def telling(answers, asked):
    """The first image that only one norm gets right, else the first that neither does, else the first."""
    l1, l2 = (given == asked.labels for given in answers.values())
    return int((2 * (l1 ^ l2).int() + (~(l1 | l2)).int()).argmax())


def said(measured, digits, nth):
    """Every norm's distances to one image, the nearest digit, the runner-up, and by how much."""
    lengths = {name: dict(zip(digits, rows[nth].tolist(), strict=True)) for name, rows in measured.items()}
    near = {name: sorted(digits, key=row.get)[:2] for name, row in lengths.items()}
    return {
        name: (row, *near[name], row[near[name][1]] - row[near[name][0]]) for name, row in lengths.items()
    }


def concerned(said, asked, nth):
    """The true digit and the nearest of the others, for every norm."""
    true = int(asked.labels[nth])
    return {
        name: (true, runner_up if nearest == true else nearest)
        for name, (_, nearest, runner_up, _) in said.items()
    }


def ideals_concerned(ideals_in_play, concerned, digits):
    """Their ideals, (2, H, W)."""
    return {name: ideals_in_play[[digits.index(d) for d in two]] for name, two in concerned.items()}


def costs_concerned(one_seen, ideals_concerned):
    """What each pixel of the image costs against them, (2, H, W)."""
    pixels = scaled(one_seen)
    return {
        name: torch.stack([NORMS[name].costs(pixels, ideal) for ideal in two])
        for name, two in ideals_concerned.items()
    }


def called_wrongly(answers, asked, by):
    """Which images a norm gets wrong, in file order."""
    return (answers[by] != asked.labels).nonzero()[:, 0]


# -- flip it -------------------------------------------------------------------------------------------


def one_seen(seen, nth):
    return seen[nth]


def fewest_pixels(one_seen, ideals_in_play, digits):
    """The fewest pixels that change each norm's answer."""
    return {name: fewest(one_seen, ideals_in_play, digits, norm) for name, norm in NORMS.items()}


def flipped_images(fewest_pixels, one_seen, flipped):
    """The image with at most ``flipped`` of them changed."""
    return {name: flip.of(one_seen, flipped) for name, flip in fewest_pixels.items()}


def what_flipped(flipped_images, one_seen):
    """What has changed: ink gained minus ink lost, from -1 to 1."""
    return {name: (after.float() - one_seen) / 255 for name, after in flipped_images.items()}


def told_of_flipped(flipped_images, ideals_in_play, digits):
    """What every norm says of the image that was changed for each norm."""
    return {
        name: {
            judge: int(predict(norm.distances(after[None], ideals_in_play), digits))
            for judge, norm in NORMS.items()
        }
        for name, after in flipped_images.items()
    }


def on_the_way(fewest_pixels, one_seen, ideals_in_play, digits):
    """The distances to the old and the new answer's ideal, pixel by pixel: (n + 1, 2)."""
    return {
        name: NORMS[name].distances(
            torch.stack([flip.of(one_seen, count) for count in range(len(flip.places) + 1)]),
            ideals_in_play[[digits.index(flip.before), digits.index(flip.after)]],
        )
        for name, flip in fewest_pixels.items()
    }


# -- two distances -------------------------------------------------------------------------------------


def most_confused(confusions, digits, norm):
    """The two digits that are most often confused, the smaller one first."""
    either_way = confusions[norm] + confusions[norm].T
    first, second = divmod(int((either_way + 1).triu(1).argmax()), len(digits))
    return digits[first], digits[second]


def rows_of_pair(asked, pair):
    """Which of the images show one of the two digits: those of the first, then those of the second."""
    return torch.cat([(asked.labels == digit).nonzero()[:, 0] for digit in pair])


def distances_of_pair(measured, rows_of_pair, digits, norm, pair):
    """From each of them to both ideals, (n, 2)."""
    return measured[norm][rows_of_pair][:, [digits.index(digit) for digit in pair]]


def leads_of_second(distances_of_pair):
    """By how much the second ideal is nearer, (n,)."""
    return distances_of_pair[:, 0] - distances_of_pair[:, 1]


def is_second(asked, rows_of_pair, pair):
    return asked.labels[rows_of_pair] == pair[1]


def right_at(leads_of_second, is_second, t):
    """Call it the second digit when its lead is above t: how many of each are right, of how many."""
    called_second = leads_of_second > t
    of_first = int((~called_second & ~is_second).sum()), int((~is_second).sum())
    of_second = int((called_second & is_second).sum()), int(is_second.sum())
    return of_first, of_second


def right_at_any(leads_of_second, is_second):
    """The same for many t: these, and the accuracies on the first, the second, and both."""
    t = torch.arange(-50, 51) / 500
    called_second = leads_of_second > t[:, None]  # (T, n)
    of_first = (~called_second)[:, ~is_second].float().mean(1)
    of_second = called_second[:, is_second].float().mean(1)
    pooled = (called_second == is_second).float().mean(1)
    return t, of_first, of_second, pooled


def most_wrong(leads_of_second, is_second):
    """The image that lies farthest on the wrong side of the diagonal."""
    return int(torch.where(is_second, -leads_of_second, leads_of_second).argmax())


def pointed_at(seen, rows_of_pair, at):
    return seen[rows_of_pair[at]]


def place_of_pointed(places, rows_of_pair, at):
    """Its place in the whole validation set."""
    return int(places[rows_of_pair[at]])


# -- the learning curve --------------------------------------------------------------------------------


def shuffled(data, digits, seed):
    """The training images of each digit in a random order, always the same one for the same seed."""
    chance = torch.Generator().manual_seed(seed)
    stacks = [data.train.stacks[digit] for digit in digits]
    sizes = torch.tensor([len(stack) for stack in stacks])
    images = torch.cat([stack[torch.randperm(len(stack), generator=chance)] for stack in stacks])
    return Digits(images, torch.tensor(digits).repeat_interleave(sizes))


def accuracies_of_draw(shuffled, shuffled_ink, asked, prepared, digits, how, count):
    """Of the ideals of so many images: each norm's accuracy on validation images and on their own."""
    made = ideals(shuffled, digits, how=how, first=count)
    on_valid = scores(answers(measured(prepared, made), digits), asked, digits)
    on_own = training_scores(shuffled_ink, made, digits, count)
    return {name: (on_valid[name].pooled, on_own[name].pooled) for name in NORMS}


def learning_curve(data, asked, prepared, digits, how, sizes, seeds):
    """For every size, the accuracies of every draw; size None, all images, can be drawn in one way only."""
    curve = {size: [] for size in sizes}
    for seed in seeds:
        images = shuffled(data, digits, seed)
        ink = ink_of_stacks(images, digits)
        for size in sizes:
            if size or seed == seeds[0]:
                curve[size].append(accuracies_of_draw(images, ink, asked, prepared, digits, how, size))
    return curve


def spread(learning_curve):
    """Lowest, mean and highest accuracy of each norm: (sizes, 3) on validation images and on their own."""
    return {
        name: [
            [
                (min(found), sum(found) / len(found), max(found))
                for found in ([draw[name][own] for draw in draws] for draws in learning_curve.values())
            ]
            for own in (0, 1)
        ]
        for name in NORMS
    }


def line_of_chance(asked):
    """How often it is right to answer the commonest digit every time."""
    return int(asked.labels.bincount().max()) / len(asked.labels)


def enough(learning_curve, spread, line_of_chance, share):
    """The fewest images that give a norm this share, on average, of what all images gain over chance."""
    return {
        name: next(
            size
            for size, (_, mean, _) in zip(learning_curve, on_valid, strict=True)
            if size is None or mean >= (1 - share) * line_of_chance + share * on_valid[-1][1]
        )
        for name, (on_valid, _) in spread.items()
    }


# -- the ladder ----------------------------------------------------------------------------------------


def learned(data, digits, first):
    return data.train.of(digits, first)


def climbed(learned, asked, seen, digits, rung, k):
    """How well this rung answers, and in how many seconds."""
    return climb(rung, learned, digits, seen, asked.labels, k)


# -- the magnet ----------------------------------------------------------------------------------------


def how_often_answered(answers, digits):
    """How often each norm answers each digit."""
    return {name: [int((given == digit).sum()) for digit in digits] for name, given in answers.items()}


def how_often_true(asked, digits):
    return [int((asked.labels == digit).sum()) for digit in digits]


def ink_of_ideals(ideals_in_play):
    """How much of each ideal is ink: the mean of its pixels, (K,)."""
    return ideals_in_play.mean((-1, -2))


def far_from_blank(ideals_in_play):
    """How far the blank page is from each ideal, (K,)."""
    blank = torch.zeros_like(ideals_in_play[:1])
    return {name: norm.distances(blank, ideals_in_play)[0] for name, norm in NORMS.items()}


def fainter(ideals_in_play, digits, faint, strength):
    """The ideal of a digit with only a part of its ink, in percent, as an image."""
    return (ideals_in_play[digits.index(faint)] * 255 * strength / 100).round().byte()


def far_from_fainter(fainter, ideals_in_play):
    return {name: norm.distances(fainter[None], ideals_in_play)[0] for name, norm in NORMS.items()}


def answers_by_strength(ideals_in_play, digits, faint):
    """What each norm answers as the ink grows from 0 to 100 percent."""
    percent = torch.arange(101)[:, None, None]
    images = (ideals_in_play[digits.index(faint)] * 255 * percent / 100).round().byte()
    far = {name: norm.distances(images, ideals_in_play) for name, norm in NORMS.items()}
    return {name: predict(distances, digits).tolist() for name, distances in far.items()}
