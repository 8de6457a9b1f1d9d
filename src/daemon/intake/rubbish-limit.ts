import { type Allowance, allowanceAt, fullAllowance, type Limit, take } from '../../base/allowance.ts';

/**
 * How much that cannot be decoded one line may put into the register: a thousand texts at once, which is more than the
 * memory of a usual modem holds, then one a second; and of the longest lines fewer.
 */
export const rubbishLimits = {
  texts: { burst: 1_000, perSecond: 1 },
  octets: { burst: 1 << 20, perSecond: 512 },
} as const satisfies Readonly<Record<'texts' | 'octets', Limit>>;

/** What one line may still bring. */
export interface RubbishAllowance {
  readonly texts: Allowance;
  readonly octets: Allowance;
}

export function fullRubbishAllowance(nowMs: number): RubbishAllowance {
  return {
    texts: fullAllowance(rubbishLimits.texts, nowMs),
    octets: fullAllowance(rubbishLimits.octets, nowMs),
  };
}

export function rubbishAllowanceAt({ texts, octets }: RubbishAllowance, nowMs: number): RubbishAllowance {
  return {
    texts: allowanceAt(texts, rubbishLimits.texts, nowMs),
    octets: allowanceAt(octets, rubbishLimits.octets, nowMs),
  };
}

/** Whether there is room for one more text of any length. */
export function hasRoom({ texts, octets }: RubbishAllowance): boolean {
  return texts.left >= 1 && octets.left > 0;
}

export function takeRubbish({ texts, octets }: RubbishAllowance, length: number): RubbishAllowance {
  return { texts: take(texts, 1), octets: take(octets, length) };
}
