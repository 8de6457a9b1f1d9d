import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { summaries } from '../../words/commands/program.ts';
import { venueWords } from '../../words/commands/venue.ts';
import type { Runner } from '../shell.ts';
import { defineVenueAdd, defineVenueIssue, defineVenueRemove } from './venue-add.ts';
import { defineVenueImport } from './venue-import.ts';
import { defineVenueList, defineVenueShow } from './venue-list.ts';
import { defineVenuePoster } from './venue-poster.ts';

export function defineVenue(program: Command, run: Runner, language: Language): void {
  const venue = program.command('venue').description(summaries[language].venue);
  venue.addHelpText('after', venueWords[language].list.examples);
  defineVenueAdd(venue, run, language);
  defineVenueImport(venue, run, language);
  defineVenueList(venue, run, language);
  defineVenueShow(venue, run, language);
  defineVenueRemove(venue, run, language);
  defineVenueIssue(venue, run, language);
  defineVenuePoster(venue, run, language);
}
