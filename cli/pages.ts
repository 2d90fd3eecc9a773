// Reads a paged list to its end.
const PAGE_ITEMS = 200;

interface Paged<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

export async function allPages<Item>(
  ask: (page: { limit: number; cursor?: string }) => Promise<Paged<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Paged<Item> = await ask({ limit: PAGE_ITEMS, ...(cursor === null ? {} : { cursor }) });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return items;
}
