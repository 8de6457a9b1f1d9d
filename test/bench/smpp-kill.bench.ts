import { killCarrier } from '../support/kill-carrier.ts';
import { makeWorkspace } from '../support/workspace.ts';
import { optionsOf } from './options.ts';
import { visitlogMain } from './peers/receivers.ts';
import { report } from './report.ts';

/** A gateway on a carrier's link that is killed (SIGKILL) again and again: what the sender's ledger says of its register. */
const { kills, texts, seed, minutes } = optionsOf({
  kills: { type: 'string', default: '200' },
  texts: { type: 'string', default: '100' },
  minutes: { type: 'string', default: '60' },
  seed: { type: 'string', default: '5' },
});
const workspace = makeWorkspace();
try {
  const killed = await killCarrier({
    ...{ workspace, kills: Number(kills), textsEach: Number(texts), seed: Number(seed) },
    ...{ mainFile: visitlogMain, limitMs: Number(minutes) * 60_000 },
  });
  const none = { beside: null, target: { atMost: 0 } };
  const known = killed.log.split('"event":"text.known"').length - 1;
  report(
    'smpp-kill',
    [
      { figure: 'killed', unit: 'times', values: [killed.kills], beside: null, target: null },
      { figure: 'sent', unit: 'texts', values: [killed.sent.length], beside: null, target: null },
      { figure: 'came again', unit: 'texts', values: [known], beside: null, target: null },
      { figure: 'lost', unit: 'texts', values: [killed.lost.length], ...none },
      { figure: 'recorded twice', unit: 'texts', values: [killed.doubled.length], ...none },
      { figure: 'refused for good', unit: 'texts', values: [killed.givenUp.length], ...none },
    ],
    [
      'in turns at random instants while it binds and while it takes texts',
      'no two texts have the same octets',
    ],
  );
  process.exitCode = killed.lost.length + killed.doubled.length + killed.givenUp.length === 0 ? 0 : 1;
} finally {
  workspace.remove();
}
