// The table of texts (texts.json) in the language that was chosen. What a language lacks is said in English.

export class Texts {
  // `part`: whose texts, patient or staff.
  static async load(part) {
    for (;;) {
      try {
        const answer = await fetch('/assets/texts.json');
        if (answer.ok) return new Texts(await answer.json(), part);
      } catch {
        // the gateway is being started: once more
      }
      await new Promise((done) => setTimeout(done, 1000));
    }
  }

  constructor(table, part) {
    this.table = table;
    this.part = table[part];
    this.language = 'ja';
  }

  get languages() {
    return this.table.languages;
  }

  // BCP 47: やさしい日本語 is Japanese.
  get lang() {
    return this.language === 'ja-easy' ? 'ja' : this.language;
  }

  text(key, n = '') {
    const entry = this.part[key];
    return (entry?.[this.language] ?? entry?.en ?? '').replace('{n}', String(n));
  }

  // A Message of the wire. Its Japanese is for everybody; its English is for engineers, so the table's goes first.
  reason({ word, ja, en }) {
    if (this.language === 'ja') return ja;
    const entry = this.table.reasons[word];
    return entry?.[this.language] ?? entry?.en ?? en;
  }

  spoken(key) {
    return key in this.table.reasons || this.part[key]?.spoken === true;
  }

  // Every element with data-text, data-label (aria-label) or data-alt.
  apply(root = document) {
    document.documentElement.lang = this.lang;
    document.documentElement.dataset.language = this.language;
    for (const one of root.querySelectorAll('[data-text]')) one.textContent = this.text(one.dataset.text);
    for (const one of root.querySelectorAll('[data-label]')) one.setAttribute('aria-label', this.text(one.dataset.label));
    for (const one of root.querySelectorAll('[data-alt]')) one.alt = this.text(one.dataset.alt);
  }
}
