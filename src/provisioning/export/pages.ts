/** Everything that a listing has, page by page. */
export async function allPages<Page extends { readonly NextToken?: string }, Item>(
  page: (token: object) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<readonly Item[]> {
  const all: Item[] = [];
  let token: string | undefined;
  do {
    const next = await page(token === undefined ? {} : { NextToken: token });
    for (const item of itemsOf(next) ?? []) all.push(item);
    token = next.NextToken;
  } while (token !== undefined);
  return all;
}
