export const NOTE = 'notes://note/{id}'
