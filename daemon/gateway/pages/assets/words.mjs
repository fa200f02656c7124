// The sentence of a view and what stands under it, as large as there is room for.

const smaller = [1, 0.94, 0.88, 0.82, 0.77, 0.7, 0.62, 0.55]; // of the size that the style sheet gives
const smallest = 32; // CSS pixels: the least that is read at 80 cm by eighty-year-olds

export class Words {
  constructor(root, texts) {
    Object.assign(this, { root, texts });
    for (const id of ['sentence', 'next', 'note', 'tries']) this[id] = root.querySelector(`#${id}`);
    addEventListener('resize', () => this.fit());
    document.fonts?.ready.then(() => this.fit());
  }

  // part: {text} or {message}
  words(part) {
    if (!part) return '';
    const said = part.message ? this.texts.reason(part.message) : this.texts.text(part.text);
    return said.replace(/([。.])\s*(?=[^\s。.])/g, '$1\n'); // a line for each sentence
  }

  show({ sentence, next, note, tries, of }) {
    this.put(this.sentence, this.words(sentence));
    this.put(this.next, this.words(next));
    this.put(this.note, this.words(note));
    this.count(tries, of);
    const drawn = [document.body.dataset.view, this.texts.language, this.root.textContent].join('\n');
    if (drawn !== this.drawn) this.fit(); // nothing is measured while nothing changes
    this.drawn = drawn;
  }

  put(element, text) {
    if (element.textContent !== text) element.textContent = text; // the same is not read out twice
    element.hidden = text === '';
  }

  // `of`: drawn as so many dots, full ones for those left. tries: null before the card has told.
  count(tries, of) {
    const known = Number.isInteger(tries);
    this.tries.hidden = !known;
    this.put(this.tries.querySelector('span'), known ? this.texts.text('tries', tries) : '');
    const dots = known && of ? Array.from({ length: of }, (_, at) => (at < tries ? 'left' : 'spent')) : [];
    const drawn = this.tries.querySelector('i');
    if (drawn.dataset.dots !== dots.join()) {
      drawn.dataset.dots = dots.join();
      drawn.replaceChildren(...dots.map((kind) => Object.assign(document.createElement('b'), { className: kind })));
    }
  }

  // The sentence gives way first; what a patient is asked for consent to is shown whole, whatever its length.
  fit() {
    const style = document.documentElement.style;
    style.removeProperty('--asked');
    for (const factor of smaller) {
      style.setProperty('--fit', factor);
      if (this.fits || parseFloat(getComputedStyle(this.sentence).fontSize) * 0.9 < smallest) break;
    }
    for (const size of [32, 28, 24, 20, 16]) {
      if (this.fits) return;
      style.setProperty('--asked', `${size}px`);
    }
  }

  get fits() {
    return [this.root, this.root.parentElement].every((one) => one.scrollHeight <= one.clientHeight + 4 && one.scrollWidth <= one.clientWidth + 4);
  }
}
