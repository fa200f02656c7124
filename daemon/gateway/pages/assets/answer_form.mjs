// Two touches: who am I, then yes or no.

export class AnswerForm {
  // answer(staff, given)
  constructor(root, answer) {
    Object.assign(this, { root, answer, staff: null, names: [] });
    this.who = root.querySelector('.who');
    this.whether = root.querySelector('.whether');
    for (const button of root.querySelectorAll('[data-given]')) button.addEventListener('click', () => this.say(button.dataset.given === 'true'));
  }

  // names: ids of the members of staff for whom this computer may speak. nobody: the sentence when there is none.
  open(names, nobody) {
    this.names = names;
    this.staff = null;
    this.who.hidden = false;
    this.whether.hidden = true;
    const list = this.root.querySelector('.staff');
    list.replaceChildren(...names.map((name, at) => {
      const button = Object.assign(document.createElement('button'), { type: 'button', className: 'act' });
      if (at < 9) button.append(Object.assign(document.createElement('kbd'), { textContent: at + 1 }));
      button.append(Object.assign(document.createElement('span'), { textContent: name }));
      button.addEventListener('click', () => this.choose(name));
      return button;
    }));
    if (names.length === 0) list.textContent = nobody;
  }

  choose(name) {
    this.staff = name;
    this.who.hidden = true;
    this.whether.hidden = false;
  }

  say(given) {
    if (this.staff !== null) this.answer(this.staff, given);
  }

  // A key that was pressed while this form is open.
  press(key) {
    const name = this.names[Number(key) - 1];
    if (this.staff === null && name !== undefined) this.choose(name);
    else if (key === 'y') this.say(true);
    else if (key === 'n') this.say(false);
  }
}
