// One call with "more" that never ends: its replies as they come, over a connection of its own that is opened again when it is lost.
import { later, open } from './socket.mjs';

const settled = 3000; // ms that a connection has to last before the next loss counts as the first

export class Follow {
  // reply(parameters), lost(): the connection is gone and will be opened again; refused(error, parameters): the call
  // ended with an error and will be made again, too.
  constructor(token, method, parameters, { reply, lost = () => {}, refused = () => {} }) {
    Object.assign(this, { token, call: { method, parameters, more: true }, reply, lost, refused });
    this.tries = 0;
    this.stopped = false;
    this.begin();
  }

  begin() {
    let since = 0;
    this.socket = open(this.token, {
      opened: () => this.socket.send(this.call),
      message: ({ error, parameters = {}, continues = false }) => {
        if (this.stopped) return;
        since ||= performance.now();
        if (error) {
          this.refused(error, parameters);
          since = 0;
        } else {
          this.reply(parameters);
        }
        if (!continues) this.socket.close();
      },
      closed: () => {
        if (this.stopped) return;
        this.tries = since && performance.now() - since > settled ? 0 : this.tries + 1;
        this.lost();
        this.timer = setTimeout(() => this.begin(), later(this.tries));
      },
    });
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    this.socket.close();
  }
}
