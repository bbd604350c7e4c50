export const SCOPES = { read: 'notes:read' } as const
