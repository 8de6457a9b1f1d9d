/** The SIM asks for its PIN after every boot; three wrong PINs lock it to its PUK, ten wrong PUKs block it for good. */
export interface SimCard {
  iccid: string;
  imsi: string;
  pin: string | null;
  readonly puk: string;
  unlocked: boolean;
  present: boolean;
  pinTries: number;
  pukTries: number;
}

type PinState = 'READY' | 'SIM PIN' | 'SIM PUK' | 'absent';

export function createSimCard(options: {
  iccid: string;
  imsi: string;
  pin: string | null;
  puk: string;
}): SimCard {
  return { ...options, unlocked: options.pin === null, present: true, pinTries: 3, pukTries: 10 };
}

export function pinState(sim: SimCard): PinState {
  if (!sim.present) return 'absent';
  if (sim.pinTries === 0) return 'SIM PUK';
  return sim.unlocked ? 'READY' : 'SIM PIN';
}

export function lockAtBoot(sim: SimCard): void {
  sim.unlocked = sim.pin === null;
}

/** `AT+CPIN="pin"`; true if it was right. The third wrong one in a row locks the card. */
export function enterPin(sim: SimCard, pin: string): boolean {
  if (sim.pinTries === 0) return false;
  if (pin === sim.pin) {
    sim.pinTries = 3;
    sim.unlocked = true;
    return true;
  }
  sim.pinTries -= 1;
  if (sim.pinTries === 0) sim.unlocked = false;
  return false;
}

/** `AT+CPIN="puk","new pin"`; true if the PUK was right. */
export function enterPuk(sim: SimCard, puk: string, pin: string): boolean {
  if (sim.pukTries === 0) return false;
  if (puk !== sim.puk) {
    sim.pukTries -= 1;
    return false;
  }
  Object.assign(sim, { pin, pinTries: 3, pukTries: 10, unlocked: true });
  return true;
}
