/** What `parley.yaml` decides, checked and with its defaults filled in. Times are in milliseconds. */
import type { Severity } from "../diagnostics/diagnostic.ts";
import type { Span } from "../text/source.ts";

export interface Settings {
  readonly name: string;
  /** Globs relative to the project's folder, with `/`. */
  readonly flows: readonly string[];
  readonly platform: "cloud" | "on_premises";
  /** Graph API version of the requests, such as `v23.0`. */
  readonly api: string;
  readonly locales: {
    readonly default: string;
    readonly others: readonly string[];
    /** Folder of the locale files, relative to the project. */
    readonly dir: string;
  };
  /** IANA name; of `date` and `time`. */
  readonly timezone: string;
  /** Opening hours by name: `mon-fri 08:00-16:00`. */
  readonly hours: Readonly<Record<string, string>>;
  /** Free-form messages may be sent until 24 hours minus this after the user's last message. */
  readonly windowMarginMs: number;
  readonly idleMs: number;
  readonly quietMs: number;
  /** ISO 3166-1 alpha-2: where the users are. */
  readonly markets: readonly string[];
  readonly business: { readonly country: string; readonly compliance?: "filed" } | undefined;
  readonly catalog: string | undefined;
  /** File of templates that were approved elsewhere, relative to the project. */
  readonly templates: string | undefined;
  readonly libraries: readonly string[];
  /** Names that `env.X` may read. */
  readonly env: readonly string[];
  /** Severity by code, in place of the catalogue's. */
  readonly lint: Readonly<Record<string, Severity>>;
  /** A `.flow` file by itself, without `parley.yaml`. */
  readonly lone: boolean;
  /** In the project file; absent without one. */
  readonly places?: SettingsPlaces;
}

export interface SettingsPlaces {
  readonly platform?: Span;
  /** Of each entry. */
  readonly libraries: readonly Span[];
  readonly env?: EnvEdit;
  /** What is declared for flows to name. */
  readonly names?: readonly SettingsName[];
}

export interface SettingsName {
  readonly of: "env" | "hours";
  readonly text: string;
  readonly span: Span;
}

/** Where another name can be written into a list, with what stands before and after it. */
export interface EnvEdit {
  readonly span: Span;
  readonly before: string;
  readonly after: string;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A lone `.flow` file has these. */
export const DEFAULT_SETTINGS: Settings = {
  name: "bot",
  flows: ["**/*.flow"],
  platform: "cloud",
  api: "v23.0",
  locales: { default: "en", others: [], dir: "locales" },
  timezone: "UTC",
  hours: {},
  windowMarginMs: 5 * MINUTE,
  idleMs: 3 * DAY,
  quietMs: 5 * MINUTE,
  markets: [],
  business: undefined,
  catalog: undefined,
  templates: undefined,
  libraries: [],
  env: [],
  lint: {},
  lone: true,
};
