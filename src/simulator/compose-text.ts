import { parseAddress } from '../sms/address.ts';
import { encodeDeliver } from '../sms/deliver.ts';
import { callbackElement } from '../sms/elements.ts';
import { type EncodeTextOptions, encodeText } from '../sms/encode-text.ts';
import { encodeTimestamp } from '../sms/scts.ts';
import type { OutgoingTpdu } from './sent-text.ts';

interface ComposedText {
  /** National digits (`01055500123`), `+82…`, or a name. */
  readonly sender: string;
  readonly text: string;
  /** Wall time in the time stamp of the service centre. */
  readonly sentAtMs: number;
  readonly encoding?: EncodeTextOptions;
  /** Element 0x22: the call-back number of the sender. */
  readonly callback?: string | null;
  readonly pid?: number;
  readonly label?: string;
}

/** Korea's zone: TP-SCTS ends in 63. */
const seoulMinutes = 540;
const nationalTon = 2;

/** The parts of a text as a Korean service centre sends them: TP-OA national, first octet 44 with a header. */
export function composeText(text: ComposedText): OutgoingTpdu[] {
  const national = /^0\d+$/.test(text.sender);
  const callback = text.callback ? [callbackElement(parseAddress(text.callback))] : [];
  const elements = [...callback, ...(text.encoding?.elements ?? [])];
  const segments = encodeText(text.text, { ...text.encoding, elements });
  return segments.map((segment) => ({
    label: text.label ?? '',
    tpdu: encodeDeliver({
      sender: parseAddress(text.sender, national ? nationalTon : undefined),
      sentAt: encodeTimestamp(text.sentAtMs, seoulMinutes),
      pid: text.pid ?? 0,
      ...segment,
    }),
  }));
}
