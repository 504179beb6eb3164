/** `ask`, of which only one runs at a time: a list that asks something for each of its rows does not fill the
 * server's places for that, and waits no longer than the rows take. */
export function oneByOne<A extends unknown[], T>(ask: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (...args) => {
    const now = last.then(() => ask(...args));
    last = now.catch(() => undefined);
    return now;
  };
}
