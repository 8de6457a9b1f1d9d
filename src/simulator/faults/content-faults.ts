import { composeText } from '../compose-text.ts';
import type { Machine } from '../machine.ts';
import { stat } from '../memory.ts';
import { deliveryReport, mmsPush, silent } from '../odd-texts/everyday.ts';
import { draft, lengths, otherTypes, poison, timestamps } from '../odd-texts/malformed.ts';
import { hall, hallVisit, nationalShifts, type Oddity, splitCharacters } from '../odd-texts/oddity.ts';
import { codings, headers, senders } from '../odd-texts/wrappings.ts';
import { duration, type Fault } from './fault.ts';

/** Nobody's numbers: 010-2xxx-0000. */
function senderOf(number: number): string {
  return `0102${String(number % 1_000).padStart(3, '0')}0000`;
}

const class2: Oddity = {
  name: 'class-2',
  outcome: hallVisit,
  text: hall,
  make: (sender, sentAtMs) => composeText({ sender, text: hall, sentAtMs, encoding: { class: 2 } }),
};

interface Row {
  readonly slug: string;
  readonly row: string;
  readonly about: string;
  readonly texts: readonly Oddity[];
}

const rows: readonly Row[] = [
  {
    slug: 'poison-pdu',
    row: 'C18',
    about: 'texts that no decoder can read lie in front of the others',
    texts: poison,
  },
  { slug: 'mms-push-pile', row: 'C22', about: 'announcements of MMS pile up', texts: [mmsPush] },
  {
    slug: 'type0-silent',
    row: 'D11',
    about: 'the network looks whether the phone is there',
    texts: [silent],
  },
  { slug: 'bad-scts', row: 'D9', about: 'time stamps that no calendar has', texts: timestamps },
  { slug: 'split-char', row: 'F4', about: 'parts are cut through a character', texts: splitCharacters },
  { slug: 'udh-variants', row: 'F3', about: 'user data headers in unusual forms', texts: headers },
  { slug: 'national-shift', row: 'F5', about: 'texts in national language tables', texts: nationalShifts },
  { slug: 'dcs-zoo', row: 'F6', about: 'every group of coding schemes', texts: codings },
  { slug: 'sender-zoo', row: 'F7', about: 'senders of every kind', texts: senders },
  { slug: 'lengths-lie', row: 'F8', about: 'lengths that do not say the truth', texts: lengths },
  { slug: 'mti-surprise', row: 'F9', about: 'reports and drafts among the texts', texts: otherTypes },
  {
    slug: 'sim-class2-drafts',
    row: 'C21',
    about: 'drafts lie on the SIM, and texts that must go there',
    texts: [class2],
  },
];

/** What a fault of content brings, with what must become of it. */
export function oddTextsOf(slug: string): readonly Oddity[] {
  return rows.find((row) => row.slug === slug)?.texts ?? [];
}

const parameters = [
  { name: 'rounds', kind: 'count', initial: '1', about: 'of them all' },
  duration('each', '0', 'one'),
] as const;

function contentFault({ slug, row, about, texts }: Row): Fault {
  return {
    slug,
    row,
    about,
    parameters,
    create: (machine, values) => ({
      started() {
        if (slug === 'sim-class2-drafts') plantDrafts(machine);
        const all = Array.from({ length: values.count('rounds') }, () => texts).flat();
        const bring = (from: number): void => {
          const until = values.ms('each') === 0 ? all.length : from + 1;
          for (let i = from; i < until; i += 1) send(machine, slug, all[i] as Oddity, i);
          if (until < all.length) machine.clock.after(values.ms('each'), () => bring(until));
        };
        if (all.length > 0) bring(0);
      },
    }),
  };
}

function send(machine: Machine, label: string, oddity: Oddity, number: number): void {
  const parts = oddity.make(senderOf(number), machine.clock.wallMs());
  machine.network.inject(parts.map((text) => ({ ...text, label })));
}

const draftCount = 4;

function plantDrafts(machine: Machine): void {
  for (let i = 0; i < draftCount; i += 1)
    for (const text of (i % 2 === 0 ? draft : deliveryReport).make(senderOf(500 + i), machine.clock.wallMs()))
      machine.network.plant(
        { ...text, label: 'sim-class2-drafts' },
        'SM',
        i % 2 === 0 ? stat.unsent : stat.read,
      );
}

export const contentFaults: readonly Fault[] = rows.map(contentFault);
