/** The codes of a file that a command writes, by what it writes: written in full, so that a search finds them. */
export const outputCodes = {
  export: { exists: 'export.exists', notAFile: 'export.not-a-file', unwritable: 'export.unwritable' },
  backup: { exists: 'backup.exists', notAFile: 'backup.not-a-file', unwritable: 'backup.unwritable' },
  poster: { exists: 'poster.exists', notAFile: 'poster.not-a-file', unwritable: 'poster.unwritable' },
} as const;
