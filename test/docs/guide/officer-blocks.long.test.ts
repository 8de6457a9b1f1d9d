import { describe, expect, it } from 'vitest';
import { dayMs, minuteMs } from '../../../src/base/amounts.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { composeText } from '../../../src/simulator/compose-text.ts';
import { mmsPush } from '../../../src/simulator/odd-texts/everyday.ts';
import type { OutgoingText } from '../../../src/simulator/sent-text.ts';
import { officerFileWords } from '../../../src/words/commands/officer-file.ts';
import { askWords } from '../../../src/words/commands/program.ts';
import { traceWords } from '../../../src/words/commands/trace.ts';
import { keyPair } from '../../support/age-keys.ts';
import { commandLinesOf, readDocument } from '../documents.ts';
import { obstacle, playInRoom, type Step, shellLinesOf } from './room.ts';

type Language = 'en' | 'ko';

/** Whom a command is for, each in one group, without sudo; `stranger` is in none. */
function whose(line: string): string {
  if (/visitlog lookup/.test(line)) return 'desk';
  if (/visitlog venue/.test(line)) return 'clerk';
  if (/visitlog audit/.test(line)) return 'auditor';
  return 'officer';
}

const [visitor, other, forgotten] = ['010-5550-0001', '010-5550-0002', '010-5550-0003'] as const;

/** Each older than the one before: visits, texts that name no place (two of them alike), a picture, and the beginning of a long text. */
function textsAt(atMs: number): (readonly OutgoingText[])[] {
  const long = `${'안녕하세요, 안내문을 보고 보냅니다. '.repeat(5)}031-324-2114`;
  const sent = [
    [visitor, '031-324-2114'],
    [other, '031-324-2114'],
    [forgotten, '031-324-2114'],
    [visitor, '031-024-2114'],
    [other, '031-024-2115'],
    [visitor, '031-024-2115'],
    [other, '광고입니다'],
  ] as const;
  return [
    ...sent.map(([from, text], index) =>
      composeText({ sender: from.replaceAll('-', ''), text, sentAtMs: atMs - index * minuteMs }),
    ),
    mmsPush.make(visitor.replaceAll('-', ''), atMs),
    composeText({ sender: other.replaceAll('-', ''), text: long, sentAtMs: atMs }).slice(0, 1),
  ];
}

/** Root's part, once: roles, the gateway with its socket, the texts, a place, and what people bring along. */
const opening = (recipient: string) => `cat >>/etc/visitlog/visitlog.toml <<'TOML'

[poster]
contact = "City Hall 031-324-2000"

[roles]
masked = ["visitlog-desk"]
reveal = ["visitlog-officer"]
manage = ["visitlog-clerk"]
audit = ["visitlog-auditor"]
TOML
chgrp visitlog /etc/visitlog/visitlog.toml
chmod 640 /etc/visitlog/visitlog.toml
systemctl start visitlog
for try in $(seq 600); do
  [ "$(grep -c '"text.accepted"' /var/log/visitlog.log)" -lt 8 ] || break
  sleep 0.1
done
visitlog venue add 031-324-2114 --name "Yongin City Hall" --address "1199 Jungbu-daero"
visitlog unresolved list --from -1d --reason preparation --json >/opt/guide/unresolved
visitlog notices list --from -1d --reason preparation --json >/opt/guide/notices
printf 'number,name,address\\n031-324-2001,Library,Suji 수지구 2\\n,Park,Street 4\\n031-024-9999,Nowhere,Street 3\\n' >/home/clerk/venues.csv
echo ${recipient} >/home/officer/recipients.txt`;

/** The guide's example id becomes that of the n-th latest in the list: words are masked in it. */
const idOf = (list: 'unresolved' | 'notices', example: number, nth: number) =>
  `id=$(grep -oE '^."id":[0-9]+,"at":"[^"]+"' /opt/guide/${list} | sort -t, -k2 -r | sed -n ${nth}p | grep -oE '[0-9]+' | head -1)
echo "s/ ${example} / $id /" >/opt/guide/replace`;

interface Line extends Pick<Step, 'codes' | 'prepare'> {
  readonly like: RegExp;
}

const particular: readonly Line[] = [
  { like: /unresolved (?:show|assign) 4072915386/, prepare: idOf('unresolved', 4072915386, 1) },
  { like: /(?:reassign|unassign) 4072915386/, prepare: idOf('unresolved', 4072915386, 1) },
  { like: /assign --all-like 4072915386/, prepare: idOf('unresolved', 4072915386, 2) },
  { like: /discard 4072915386/, prepare: idOf('unresolved', 4072915386, 4) },
  { like: /notices show 2918350647/, prepare: idOf('notices', 2918350647, 1) },
  // The table's poster is there by then.
  { like: /venue poster .* --contact/, prepare: 'rm -r /home/clerk/posters' },
  // A place of the list cannot be read.
  { like: /venue import/, codes: [0, 1] },
];

/** What the person is asked at the terminal. */
function typedFor(line: string, language: Language, number: string): NonNullable<Step['typed']> {
  const words = askWords[language];
  const asked = traceWords[language].asked;
  const { password, again } = officerFileWords[language];
  const sealed = [password, again].map((question) => [question, 'corr3ct horse'] as const);
  const confirmed = (word: string) =>
    [words.typeWord(words.confirmations[word] ?? word), words.confirmations[word] ?? word] as const;
  if (/trace --visitor -/.test(line))
    return [...(/--password -/.test(line) ? sealed : []), [asked(1), number], [asked(2), '']];
  return [
    ...(/--visitor - | lookup - |--visitor -$/.test(line) ? [[words.visitor, number] as const] : []),
    ...(/erase(?!.*--dry-run)/.test(line) ? [confirmed('erase')] : []),
    ...(/--all-like/.test(line) ? [confirmed('assign')] : []),
    ...(/discard/.test(line) ? [confirmed('discard')] : []),
  ];
}

/** Its days around today: 21 November is today. */
function inOurTime(line: string): string {
  const shift =
    Math.floor((systemClock.wallMs() + 9 * 60 * minuteMs) / dayMs) * dayMs - Date.UTC(2026, 10, 21);
  const day = (text: string) => new Date(Date.parse(`${text}T00:00:00Z`) + shift).toISOString().slice(0, 10);
  return line
    .replace(/\d{4}-\d\d-\d\d/g, day)
    .replace('--month 2026-11', `--month ${day('2026-11-21').slice(0, 7)}`);
}

function stepsOf(language: Language, recipient: string): Step[] {
  const guide = readDocument(`docs/guide/${language}/officer.md`);
  const [, table = ''] = guide.split(/^## /m);
  // A shell keeps its umask for the next line only here.
  const lines = shellLinesOf(guide.replace(/^umask 077\n/gm, 'umask 077; '));
  const step = (line: string, number: string): Step => {
    const typed = typedFor(line, language, number);
    const own = particular.find(({ like }) => like.test(line));
    return { ...own, line: inOurTime(line), who: whose(line), ...(typed.length > 0 ? { typed } : {}) };
  };
  const steps = [
    // Who wants to be forgotten first is another visitor than the case.
    ...commandLinesOf(table).map((line) => step(line, /erase/.test(line) ? forgotten : visitor)),
    ...lines.map((line) => step(line, visitor)),
  ];
  return steps.map((each, index) => (index === 0 ? { ...each, prepare: opening(recipient) } : each));
}

/** One of each kind of command, as somebody in no group. */
function refusedOf(steps: readonly Step[]): Step[] {
  const kinds = new Map(steps.map(({ line }) => [/visitlog (\w+)/.exec(line)?.[1], line]));
  return [...kinds.values()].map((line) => ({ line, who: 'stranger', codes: [3] }));
}

const obstructed = obstacle();

describe.skipIf(obstructed !== '')(`the officer's guide${obstructed && `: ${obstructed}`}`, () => {
  it.concurrent.for(['en', 'ko'] as const)(
    'each command of the guide works through the door for the person that it is for, and for nobody else: %s',
    async (language) => {
      const { recipient } = await keyPair();
      const steps = stepsOf(language, recipient);
      const refused = refusedOf(steps);
      expect([steps.length > 30, refused.length]).toEqual([true, 10]);
      const after: Step[] = [
        { line: 'stat -c "%a %n" contacts.xlsx contacts.xlsx.age && test -s counts.csv', who: 'officer' },
        {
          line: "visitlog audit list --from -1d | awk '/^#/ { print $3 }' | sort -u | xargs",
          who: 'auditor',
        },
      ];
      const { wrong, shown, said } = await playInRoom([...steps, ...refused, ...after], {
        texts: textsAt(systemClock.wallMs()),
        lang: language === 'ko' ? 'ko_KR.UTF-8' : 'C.UTF-8',
      });
      expect(wrong, said).toEqual([]);
      for (const text of shown.slice(steps.length, steps.length + refused.length))
        expect(text).toContain('[door.stranger]');
      const [files = '', log = ''] = shown.slice(-after.length);
      expect(files).toContain('600 contacts.xlsx ');
      for (const who of ['auditor', 'clerk', 'desk', 'officer', 'stranger']) expect(log).toContain(who);
    },
  );
});
