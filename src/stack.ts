// What has been opened, closed in reverse: also when only half of it was reached.
export class Stack {
  readonly #closers: (() => unknown)[] = [];

  keep<Resource>(resource: Resource, close: (resource: Resource) => unknown): Resource {
    this.#closers.push(() => close(resource));
    return resource;
  }

  /** Goes on after a failure, and throws the first one at the end. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (let close = this.#closers.pop(); close !== undefined; close = this.#closers.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
