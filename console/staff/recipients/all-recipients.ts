// All third parties of the register, pages one after the other until all are there: organisations are hundreds, not thousands.
import { useEffect } from "react";
import type { AnswerOf } from "../../shared/ask.ts";
import { type Pages, usePages } from "../../shared/pages.ts";

export type Listed = AnswerOf<"listRecipients">["items"][number];

const PAGE = 200;

export function useAllRecipients(): Pages<Listed> {
  const pages = usePages("listRecipients", { query: { limit: PAGE } });
  const { hasMore, isLoading, load } = pages.more;
  useEffect(() => {
    if (hasMore && !isLoading) void load();
  }, [hasMore, isLoading, load]);
  return pages;
}
