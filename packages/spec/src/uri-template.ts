/**
 * The names of the variables in a URI: `id` of `notes://note/{id}`, `path` of
 * `files://docs/{+path}`, and none if there are no braces.
 */
export type VariableName<Uri extends string> = Uri extends `${string}{${infer Expression}}${infer Rest}`
  ? (Expression extends `+${infer Name}` ? Name : Expression) | VariableName<Rest>
  : never
