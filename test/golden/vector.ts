import { readFileSync } from 'node:fs';

export interface ExpectedHeader {
  readonly raw?: string;
  readonly concat?: { ref: number; total: number; seq: number; bits: number };
  readonly ports?: { dest: number; src: number };
  readonly locking_shift?: number;
  readonly single_shift?: number;
  readonly special?: readonly { type: number; count: number }[];
  readonly reply_address?: string;
}

export interface Expected {
  readonly smsc?: string | null;
  readonly sender?: string;
  readonly sender_type?: string;
  readonly recipient?: string;
  readonly recipient_type?: string;
  readonly text?: string;
  readonly text_prefix?: string;
  readonly joined_text?: string;
  readonly encoding?: string;
  readonly timestamp?: string;
  readonly discharge?: string;
  readonly pid?: number;
  readonly dcs?: number;
  readonly class?: number;
  readonly mr?: number;
  readonly status?: number;
  readonly vp?: { format: string; value?: number; timestamp?: string; raw?: string };
  readonly data_hex?: string;
  readonly udh?: ExpectedHeader;
  readonly error?: boolean;
}

export interface Vector {
  readonly id: string;
  readonly kind: 'deliver' | 'submit' | 'status-report' | 'malformed';
  readonly pdu: string;
  readonly has_smsc: boolean;
  readonly tpdu_length: number | null;
  readonly expect: Expected;
  readonly ambiguous?: string;
  readonly reencodes?: boolean;
}

/** PDUs and what they say, gathered from the test suites of public projects and constructed where those have gaps. */
export const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL('pdu-corpus.json', import.meta.url), 'utf8'),
);
