// What the camera sees, mirrored, while the patient looks. A picture is gone with the next one, and the last with the view.
import { Follow } from './follow.mjs';

export class Mirror {
  constructor(token, picture, moved) {
    Object.assign(this, { token, picture, moved, follow: null, screen: null });
  }

  // screen: id to look for; null: nobody looks.
  look(screen) {
    if (screen === this.screen) return;
    this.screen = screen;
    this.follow?.stop();
    this.follow = screen && new Follow(this.token, 'org.kaomon.Screen.Preview', { screen }, {
      reply: ({ jpeg, face }) => this.draw(jpeg, face),
      lost: () => this.draw(),
    });
    if (!screen) this.draw();
  }

  draw(jpeg, face) {
    if (jpeg) this.picture.src = `data:image/jpeg;base64,${jpeg}`;
    else this.picture.removeAttribute('src');
    this.picture.hidden = !jpeg;
    this.moved(face ?? null);
  }
}
