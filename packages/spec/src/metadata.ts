/** What JSON can say. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue }

/**
 * What a tool tells clients that know more than the protocol does (MCP, `_meta`): under a key of whoever defined it,
 * such as `com.example/panel`. It decides nothing.
 */
export type Metadata = { readonly [key: string]: JsonValue }
