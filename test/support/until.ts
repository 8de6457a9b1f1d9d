/**
 * How long a test waits for what it is about. It only ends a test that hangs, so it leaves room for a busy machine; it is
 * shorter than a test may take (vitest.config.ts), so that the failure says what did not come.
 */
export const patienceMs = 100_000;

/** Waits until it is so. `shown` is added to the failure. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  shown: () => string = () => '',
): Promise<void> {
  const endMs = performance.now() + patienceMs;
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new Error(`not so after ${patienceMs} ms: ${isSo} ${shown()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
