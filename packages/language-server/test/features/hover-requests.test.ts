import { payloadsOfFlow } from "@parley/compiler";
import { expect, test } from "vitest";
import { PROJECTS, projectView } from "../support/projects.ts";

test.each(PROJECTS)("%s has the same requests state by state as flow by flow", (name) => {
  const { compilation } = projectView(name);
  const own = compilation.settings.locales.default;
  let compared = 0;
  for (const flow of compilation.names.flows.values()) {
    const whole = new Map(payloadsOfFlow(compilation, flow).map((one) => [`${one.id} ${one.locale}`, one.request]));
    const left = new Set(whole.keys());
    for (const state of flow.states) {
      for (const { id, locale, request } of payloadsOfFlow(compilation, flow, [state])) {
        expect({ id, request }).toEqual({ id, request: whole.get(`${id} ${locale}`) });
        left.delete(`${id} ${locale}`);
        if (locale === own) compared++;
      }
    }
    // What is left is said by no state, but by the flow for all its asks.
    expect(flow.elses.length + flow.afters.length > 0 ? [] : [...left]).toEqual([]);
  }
  expect(compared).toBeGreaterThan(0);
});
