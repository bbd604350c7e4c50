/** A way in which a text gives a model orders that the person who reads it would not expect. */
export interface Instructing {
  /** In words that fit behind "description of tool 'x'". */
  readonly problem: string
  readonly pattern: RegExp
  /** The instructions of a server are there to say in which order its own tools are used. */
  readonly isFineInInstructions: boolean
}

/** The user, and not what is the user's. */
const USER = String.raw`(?:the\s+|your\s+)?(?:users?|humans?|person)\b(?!['’]|\s+(?:name|id|role|group|account|email))`

/**
 * Each row is narrow on purpose: a description may well say that a tool ignores
 * capitals, or what to call next. What attacks have in common is that they set
 * aside what was said before, keep something from the user, or dress up as
 * somebody else (OWASP MCP Top 10, MCP03).
 */
export const INSTRUCTING: readonly Instructing[] = [
  {
    problem: 'sets aside what a model was told',
    pattern:
      /\b(?:ignore|disregard|forget|override|bypass)\s+(?:[\w']+\s+){0,3}?(?:instructions?|directives?|guidelines|(?:system|previous|prior|earlier)\s+prompts?|safety\s+(?:rules|checks))\b/i,
    isFineInInstructions: false,
  },
  {
    problem: 'gives a model another role',
    pattern:
      /\byou\s+are\s+now\s+(?:a|an|the|in)\b|\bfrom\s+now\s+on,?\s+you\b|\b(?:new|updated|real|actual)\s+(?:system\s+)?instructions\s*:/i,
    isFineInInstructions: false,
  },
  {
    problem: 'keeps something from the user',
    pattern: new RegExp(
      String.raw`\b(?:do\s+not|don['’]t|never|must\s+not|without|avoid)\s+(?:tell(?:ing)?|inform(?:ing)?|notify(?:ing)?|alert(?:ing)?|(?:mention|reveal|disclos|explain|show)(?:e|ing)?\b[^.!?\n]{0,40}?\bto)\s+${USER}`,
      'i',
    ),
    isFineInInstructions: false,
  },
  {
    problem: 'speaks about other tools',
    pattern:
      /\b(?:before|instead\s+of|prior\s+to|after)\s+(?:using|calling|invoking|running|every\s+call\s+of)\s+(?:any|all|every|each|another)\b[^.!?\n]{0,30}?\btools?\b|\balways\s+(?:call|use|run|invoke)\s+this\s+(?:tool\s+)?(?:first|before\s+(?:any|every|all))/i,
    isFineInInstructions: true,
  },
  {
    problem: 'asks for what was said to a model',
    pattern:
      /\b(?:include|pass|send|provide|copy|append|paste|put)\b[^.!?\n]{0,60}?\b(?:system\s+prompt|(?:conversation|chat)\s+(?:history|transcript|log)|previous\s+(?:user\s+)?messages)\b/i,
    isFineInInstructions: false,
  },
  {
    problem: 'names files that hold secrets',
    pattern: /~\/\.(?:ssh|aws|gnupg|kube|cursor|netrc)\b|\bid_(?:rsa|ed25519|ecdsa)\b|\/etc\/(?:passwd|shadow)\b/i,
    isFineInInstructions: false,
  },
  {
    problem: 'is dressed up as a message of somebody else',
    pattern:
      /<\/?\s*(?:important|system|assistant|instructions?|secret|hidden|critical)\b[^<>]*>|\[\/?(?:inst|system)\]|<<sys>>|<\|[a-z_]+\|>/i,
    isFineInInstructions: false,
  },
  {
    problem: 'holds a comment, which pages do not show',
    pattern: /<!--/,
    isFineInInstructions: false,
  },
  {
    problem: 'has a gap that pushes the rest out of sight',
    pattern: /[^\S\n]{60,}(?=\S)|(?:\n[^\S\n]*){10,}(?=\S)/,
    isFineInInstructions: false,
  },
]
