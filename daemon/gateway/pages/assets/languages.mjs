// The languages, one touch each. After a visit the screen speaks Japanese again.

const unused = 60000; // ms at rest until a language that nobody used is forgotten

export class Languages {
  constructor(bar, texts, changed) {
    Object.assign(this, { bar, texts, changed, resting: true, since: performance.now() });
    this.buttons = texts.languages.map(({ code, name }) => {
      const button = document.createElement('button');
      Object.assign(button, { type: 'button', textContent: name, lang: code === 'ja-easy' ? 'ja' : code });
      button.dataset.code = code;
      button.addEventListener('click', () => this.choose(code));
      return button;
    });
    bar.append(...this.buttons);
    this.choose(sessionStorage.getItem('language') ?? 'ja');
  }

  choose(code) {
    const known = this.texts.languages.some((one) => one.code === code);
    this.texts.language = known ? code : 'ja';
    this.since = performance.now();
    sessionStorage.setItem('language', this.texts.language);
    for (const button of this.buttons) button.setAttribute('aria-pressed', button.dataset.code === code);
    this.texts.apply();
    queueMicrotask(this.changed);
  }

  next() {
    const codes = this.texts.languages.map((one) => one.code);
    this.choose(codes[(codes.indexOf(this.texts.language) + 1) % codes.length]);
  }

  // Whether the screen is at rest.
  rest(resting) {
    const now = performance.now();
    const left = resting && !this.resting;
    if (resting !== this.resting) this.since = now;
    this.resting = resting;
    if (this.texts.language !== 'ja' && (left || (resting && now - this.since > unused))) this.choose('ja');
  }
}
