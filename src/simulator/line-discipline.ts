/** What the host has typed so far on one port: a line of commands, or the text behind a `> ` prompt. */
export interface LineDiscipline {
  /** Feeds characters (one per octet); every finished line goes to `onLine`, a finished prompt to `onPrompt`. */
  feed(characters: string): void;
  /** From now on characters are the text of a message, until Ctrl-Z or ESC. */
  prompt(): void;
  /** Puts characters into the line as if they had been typed before. */
  preload(characters: string): void;
  clear(): void;
}

interface LineHandlers {
  onLine(line: string): void;
  onPrompt(sent: boolean): void;
}

const longestLine = 4_096;
const ctrlZ = '\u001a';
const esc = '\u001b';

export function createLineDiscipline(handlers: LineHandlers): LineDiscipline {
  let typed = '';
  let prompting = false;

  function endPrompt(characters: string): string {
    const end = [...characters].findIndex((character) => character === ctrlZ || character === esc);
    if (end < 0) return '';
    prompting = false;
    handlers.onPrompt(characters[end] === ctrlZ);
    return characters.slice(end + 1);
  }

  function takeLine(characters: string): string {
    const end = characters.indexOf('\r');
    const piece = end < 0 ? characters : characters.slice(0, end);
    typed = (typed + piece).slice(-longestLine);
    if (end < 0) return '';
    const line = typed;
    typed = '';
    handlers.onLine(line);
    return characters.slice(end + 1);
  }

  return {
    feed(characters) {
      let rest = characters;
      while (rest !== '') rest = prompting ? endPrompt(rest) : takeLine(rest);
    },
    prompt() {
      prompting = true;
    },
    preload(characters) {
      typed += characters;
    },
    clear() {
      typed = '';
      prompting = false;
    },
  };
}
