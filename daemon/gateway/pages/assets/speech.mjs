// Says a sentence of the table, where the package has it as a file (assets/speech/, made by tools/speech); else it is silent.

export class Speech {
  constructor() {
    this.index = {}; // language -> keys that have a file
    this.last = '';
    fetch('/assets/speech/index.json').then((answer) => (answer.ok ? answer.json() : {})).then((index) => (this.index = index), () => {});
  }

  // key: of the table. A sentence is said when it appears, and ends the one before.
  say(language, key) {
    if (this.last === `${language}/${key}`) return;
    this.last = `${language}/${key}`;
    this.sound?.pause();
    this.sound = this.play(this.last);
  }

  // The face is in the right place.
  tone() {
    this.play('all/tone');
  }

  play(name) {
    const [language, key] = name.split('/');
    if (!this.index[language]?.includes(key)) return null;
    const sound = new Audio(`/assets/speech/${name}.opus`);
    sound.play().catch(() => {}); // a browser that wants a touch first stays silent
    return sound;
  }
}
