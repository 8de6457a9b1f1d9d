import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { summaries } from '../../words/commands/summaries.ts';
import { venueWords } from '../../words/commands/venue.ts';
import type { Runner } from '../invocation.ts';
import { defineVenueAdd } from './venue-add.ts';
import { defineVenueImport } from './venue-import.ts';
import { defineVenueIssue } from './venue-issue.ts';
import { defineVenueList } from './venue-list.ts';
import { defineVenuePoster } from './venue-poster.ts';
import { defineVenueRemove } from './venue-remove.ts';
import { defineVenueShow } from './venue-show.ts';

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
