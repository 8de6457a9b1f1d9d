import { composeText } from '../compose-text.ts';
import type { ModemDevice } from '../device.ts';
import { stat } from '../memory.ts';
import { deliveryReport, mmsPush, silent } from '../odd-texts/everyday.ts';
import { draft, lengths, otherTypes, poison, timestamps } from '../odd-texts/malformed.ts';
import { hall, hallVisit, nationalShifts, type OddText, splitCharacters } from '../odd-texts/odd-text.ts';
import { codings, headers, senders } from '../odd-texts/wrappings.ts';
import type { FaultPlay, FaultPlays } from './fault-play.ts';

/** Unassigned numbers: 010-2xxx-0000. */
function senderOf(number: number): string {
  return `0102${String(number % 1_000).padStart(3, '0')}0000`;
}

const class2: OddText = {
  name: 'class-2',
  outcome: hallVisit,
  text: hall,
  make: (sender, sentAtMs) => composeText({ sender, text: hall, sentAtMs, encoding: { class: 2 } }),
};

/** The faults that only bring odd texts. */
const oddTexts = {
  'poison-pdu': poison,
  'mms-push-pile': [mmsPush],
  'type0-silent': [silent],
  'bad-scts': timestamps,
  'split-char': splitCharacters,
  'udh-variants': headers,
  'national-shift': nationalShifts,
  'dcs-zoo': codings,
  'sender-zoo': senders,
  'lengths-lie': lengths,
  'mti-surprise': otherTypes,
  'sim-class2-drafts': [class2],
} satisfies Readonly<Record<string, readonly OddText[]>>;
type ContentSlug = keyof typeof oddTexts;

/** The texts of a fault of content, with their expected results; empty for any other fault. */
export function oddTextsOf(slug: string): readonly OddText[] {
  return Object.hasOwn(oddTexts, slug) ? oddTexts[slug as ContentSlug] : [];
}

function bring(slug: ContentSlug): FaultPlay<ContentSlug> {
  return (device, values) => ({
    started() {
      if (slug === 'sim-class2-drafts') plantDrafts(device);
      const all = Array.from({ length: values.rounds }, () => oddTexts[slug]).flat();
      const bringFrom = (from: number): void => {
        const until = values.eachMs === 0 ? all.length : from + 1;
        for (const [i, odd] of all.slice(from, until).entries()) send(device, slug, odd, from + i);
        if (until < all.length) device.clock.after(values.eachMs, () => bringFrom(until));
      };
      if (all.length > 0) bringFrom(0);
    },
  });
}

function send(device: ModemDevice, label: string, odd: OddText, number: number): void {
  const parts = odd.make(senderOf(number), device.clock.wallMs());
  device.network.sendParts(parts.map((text) => ({ ...text, label })));
}

const draftCount = 4;

function plantDrafts(device: ModemDevice): void {
  for (let i = 0; i < draftCount; i += 1)
    for (const text of (i % 2 === 0 ? draft : deliveryReport).make(senderOf(500 + i), device.clock.wallMs()))
      device.network.plant(
        { ...text, label: 'sim-class2-drafts' },
        'SM',
        i % 2 === 0 ? stat.unsent : stat.read,
      );
}

export const contentFaults = {
  'poison-pdu': bring('poison-pdu'),
  'mms-push-pile': bring('mms-push-pile'),
  'type0-silent': bring('type0-silent'),
  'bad-scts': bring('bad-scts'),
  'split-char': bring('split-char'),
  'udh-variants': bring('udh-variants'),
  'national-shift': bring('national-shift'),
  'dcs-zoo': bring('dcs-zoo'),
  'sender-zoo': bring('sender-zoo'),
  'lengths-lie': bring('lengths-lie'),
  'mti-surprise': bring('mti-surprise'),
  'sim-class2-drafts': bring('sim-class2-drafts'),
} satisfies FaultPlays;
