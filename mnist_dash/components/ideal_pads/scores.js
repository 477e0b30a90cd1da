// How often the painted ideals are right, beside the score they have to beat.

import { element } from "../shared/pictures.js";

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const count = (number) => number.toLocaleString("en");

export class Scores {
  constructor() {
    this.root = element("div", "scores");
    this.rows = new Map();
  }

  /** scores: norm, count, total, beat, training; while the training share is unknown, the last one stays. */
  show(scores) {
    for (const score of scores) {
      const row = this.rows.get(score.norm) ?? this.#row(score.norm);
      const { count: right, total, beat, training } = score;
      const most = 1.5 * (total - beat) || 1; // the most wrong answers that the bar can show
      row.share.textContent = percent(right / total);
      row.wrong.textContent = `${count(total - right)} wrong of ${count(total)}`;
      row.bar.style.width = `${Math.min((100 * (total - right)) / most, 100)}%`;
      row.line.style.left = `${(100 * (total - beat)) / most}%`;
      row.against.textContent = against(right - beat, percent(beat / total));
      row.root.dataset.beats = right > beat;
      row.training.toggleAttribute("data-old", training === null);
      if (training !== null) row.training.textContent = `training images: ${percent(training)}`;
    }
  }

  #row(norm) {
    const root = element("section", "score");
    root.dataset.norm = norm;
    const head = element("p", "head");
    const share = element("strong", "share");
    const wrong = element("span", "wrong");
    head.append(element("span", "norm", norm), share, wrong);
    const track = element("div", "track");
    track.setAttribute("aria-hidden", "true");
    const [bar, line] = [element("div", "bar"), element("div", "line")];
    track.append(bar, line);
    const against = element("p", "against");
    const training = element("p", "training");
    root.append(head, track, against, training);
    this.root.append(root);
    const row = { root, share, wrong, bar, line, against, training };
    this.rows.set(norm, row);
    return row;
  }
}

function against(more, score) {
  if (!more) return `the mean's ${score}: beat it`;
  const images = `${count(Math.abs(more))} ${Math.abs(more) === 1 ? "image" : "images"}`;
  return more > 0 ? `beats the mean's ${score} by ${images}` : `${images} short of the mean's ${score}`;
}
