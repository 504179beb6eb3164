// Requests to the reading room's API (docs/API.md): asked again while it is busy, refused in one way.

import { tame } from '../tame';

export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const BUSY_TRIES = 8;

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

async function refusal(answer: Response): Promise<ApiError> {
  try {
    const body = (await answer.json()) as { error: { code: string; message: string } };
    return new ApiError(body.error.code, body.error.message);
  } catch {
    return new ApiError('failed', `HTTP ${answer.status}`);
  }
}

export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  for (let tries = 1; ; tries++) {
    let answer: Response;
    try {
      answer = await fetch(`/api/v1/${path}`, { credentials: 'same-origin', ...init });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new ApiError('offline', String(error));
    }
    if (answer.ok) return answer;
    const busy = answer.status === 429 || answer.status === 503;
    if (!busy || tries === BUSY_TRIES) throw await refusal(answer);
    await pause(100 * tries);
  }
}

/** Short texts of the leak that stand among the room's own words; documents stay as they are. */
const NAMES = new Set(['name', 'path', 'title', 'from', 'to', 'detail', 'spelling', 'asked', 'post', 'why', 'by', 'done_by', 'checked_by', 'word', 'term', 'message']);

function read<T>(text: string): T {
  return JSON.parse(text, (key, value: unknown) =>
    typeof value === 'string' && NAMES.has(key) ? tame(value) : value,
  ) as T;
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const answer = await ask(path, signal ? { signal } : {});
  return read<T>(await answer.text());
}

/** Asks with the values as a JSON object; for what is no JSON itself. */
export async function postFor(path: string, values: object, signal?: AbortSignal): Promise<Response> {
  return ask(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(values),
    ...(signal ? { signal } : {}),
  });
}

/** Changes something: with the values as a JSON object. */
export async function post<T>(path: string, values: object, signal?: AbortSignal): Promise<T> {
  const answer = await postFor(path, values, signal);
  return read<T>(await answer.text());
}

/** Changes something that its address names. */
export async function act<T>(path: string): Promise<T> {
  const answer = await ask(path, { method: 'POST' });
  return read<T>(await answer.text());
}

/** As a query string; "", null and undefined are left out. */
export function params(values: Record<string, string | number | null | undefined>): string {
  const out = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== '' && value !== null && value !== undefined) out.set(name, String(value));
  return out.toString();
}
