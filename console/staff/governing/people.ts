// All people on the staff, to choose from: pages one after the other until all are there.
import { useEffect } from "react";
import type { AnswerOf } from "../../shared/ask.ts";
import { type Pages, usePages } from "../../shared/pages.ts";

export type Person = AnswerOf<"listStaff">["items"][number];

const PAGE = 200;

export function useAllPeople(): Pages<Person> {
  const pages = usePages("listStaff", { query: { limit: PAGE } });
  const { hasMore, isLoading, load } = pages.more;
  useEffect(() => {
    if (hasMore && !isLoading) void load();
  }, [hasMore, isLoading, load]);
  return pages;
}
