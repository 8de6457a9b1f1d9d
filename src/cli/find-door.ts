import { once } from 'node:events';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import type { Socket } from 'node:net';
import { AppError, fault, systemCodeOf } from '../base/errors.ts';
import { doorCommands } from '../door/roles.ts';
import { commandOf, configIn, defaultConfig, isHelp, isTab } from './command-line.ts';
import type { Shell } from './shell.ts';

/**
 * The socket that this command goes through, or null if it opens the register itself: root and the register's owner do,
 * and whoever tries visitlog without a service. `$VISITLOG_DOOR` names one for everybody. Error: `door.config`.
 */
export async function doorFor(args: readonly string[], env: Shell['env']): Promise<string | null> {
  if (!doorCommands.has(commandOf(args) ?? '') || isHelp(args)) return null;
  // The pages of `explain` lie beside the program.
  if (isTab(args) && args.includes('pages')) return null;
  const uid = process.geteuid?.();
  const named = env.VISITLOG_DOOR || null;
  if (named === null && (uid === 0 || uid === undefined)) return null;
  const config = configIn(args) ?? (env.VISITLOG_CONFIG || undefined);
  const socket = named ?? (await usedDoor(config, env));
  if (socket === null) return null;
  if (config === undefined || config === defaultConfig) return socket;
  // A TAB reports nothing: it finds what there is without the door.
  if (isTab(args)) return null;
  throw fault('door.config', { socket });
}

/** A socket, and a connection to it; null if there is none yet. */
export interface OpenDoor {
  readonly socket: string;
  readonly connection: Socket | null;
}

/** The socket that this command goes through, connected to; null if it opens the register itself. Error: `door.config`. */
export async function atDoor(args: readonly string[], env: Shell['env']): Promise<OpenDoor | null> {
  const socket = await doorFor(args, env);
  return socket === null ? null : { socket, connection: await knock(socket) };
}

/**
 * Connects to the socket, so that the process behind it starts while this one loads the modules that talk to it; null if
 * that fails, which is reported by whoever talks.
 */
async function knock(socket: string): Promise<Socket | null> {
  const { connect } = await import('node:net');
  const connection = connect(socket);
  // What ends it before it is used is seen by its state.
  connection.on('error', () => {});
  try {
    await once(connection, 'connect');
    return connection;
  } catch {
    return null;
  }
}

const usualSocket = '/run/visitlog-door/door.sock';

/**
 * The door of the configured register, unless this account can open the register or there is no door. An officer cannot
 * read the service's configuration: then both are where they usually are.
 */
async function usedDoor(file: string | undefined, env: Shell['env']): Promise<string | null> {
  // Before the modules that read it are loaded: the officer waits for each.
  if (isClosed(file ?? defaultConfig)) return existsSync(usualSocket) ? usualSocket : null;
  const { loadConfig } = await import('../config/load.ts');
  try {
    const { config } = await loadConfig({ file, env });
    const { socket } = config.door;
    return socket === null || !existsSync(socket) || canOpen(config.dataDir) ? null : socket;
  } catch (error) {
    // The command itself reports a fault of the configuration.
    if (error instanceof AppError) return null;
    throw error;
  }
}

function isClosed(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return false;
  } catch (error) {
    return systemCodeOf(error) === 'EACCES';
  }
}

function canOpen(folder: string): boolean {
  try {
    if (statSync(folder).uid === process.geteuid?.()) return true;
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    // Of a folder that is not there, the command says so.
    return systemCodeOf(error) === 'ENOENT';
  }
}
