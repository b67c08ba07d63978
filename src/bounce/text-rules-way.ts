/** Failures on the way there: time, network, name servers and the receiving system. They pass, so the address lives. */
import { phrases } from './phrases.ts'
import type { TextRule } from './text-rules.ts'

const part = 'local|remote|system|server|configuration|mail ?system|mailer|software|program|'
  + 'processing|unexpected|backend|database|ldap|directory|(?<!name )service|script|command'
const cannot = "can't|cannot|can not|couldn't|could not|unable to|failed to"

export const wayRules: readonly TextRule[] = [
  {
    name: 'waited too long', cause: 'expired', why: 'nobody answered for the address: the way there failed, for now (RFC 3463 X.4.7)',
    says: phrases`
      \b(delivery|message|queue|retry|retries|lifetime|attempts?)\b ... (expired?\b|timed? ?out|time-?out|exceeded|exhausted|too long|given up|period)
      \bexpired\b | too long in (the )?queue | in (the )?queue (for )?too long | been (in|on) (the |our |my )?(mail )?queue
      queued (for|too) | failed for too long | for a long time | (maximum|max) (time|retries|delivery|queue|age)
      (not|unable to|cannot) (yet )?(be |been |deliver\w* )? ... (within|after|for|in|over) (the (last|past) )?[\d.]+ ?(hours?|days?|minutes?|attempts?|tries)
      (undeliver|delay)\w* ... (for|after) [\d.]+ ?(hours?|days?|h\b|d\b) | delivery failed \d+ (attempts|times) | failed (after|for) \d+
      have been (trying|failing) | will (continue|keep) (trying|to try) | will retry | not responding | no longer (be )?(tried|retried)
      超时 | 逾時 | タイムアウト | 期限 | 시간.{0,6}초과 | истек | просроч | delai (d'|de ) | zeit(limit|uberschreit) | abgelaufen | scadut
      przekroczono czas | zaman asim
    `,
  },
  {
    name: 'no answer for now', cause: 'network', why: 'a lookup or connection without an answer is no answer about the address (RFC 3463 X.4)',
    says: phrases`
      (not found|error|failure|failed|servfail|dns|lookup|name server)[^a-z]{0,6} ... try again
      (temporar\w*|transient|soft) ... (dns|lookup|resolution|name server|look-?up|resolve|resolving)
      (dns|name server|name service|lookup) ... (temporar|soft|time-?out|timed out|servfail|refused|query failed|deferred|failed: no answer)
      servfail | dns query failed | dns records? for the destination | no (response|answer|reply) from | broken pipe | operation timed | host (is )?down | address family
      connection (attempt )?(has )?(been )?(refused|timed? ?out|reset|lost|closed|dropped|aborted|failed|died|broken|was)
      lost connection | no route to host | (network|host|server|destination) (is )?(unreachable|down|not reachable|busy)
      (${cannot}|n't able to|not able to|error) (establish|connect|reach|contact|open|talk)\w*\b ... (connection|host|server|mta|mx|port|smtp|to|remote|system|an)
      did not (respond|accept our requests to connect) | (network|communication|socket|connection|i/o) (error|failure|problem|is down)
      (${cannot}) (find|determine) (a |the )?(gateway|route)\b
    `,
  },
  {
    name: 'the server is in trouble', cause: 'system', why: 'RFC 3463 X.3: the mail system, not the address',
    says: phrases`
      insufficient (system )?(storage|resources|memory) | no space left | disk full | out of memory | resources? (temporarily|unavailable|shortage)
      (system|server) (storage|disk|resources?|is full|busy|overload|not accepting|error|problem|failure|maintenance|configuration|incorrectly|too busy)
      internal (server )?(software )?error | i/o error | unknown mailer | core dump | permission denied | shutting down | local problem
      (${part})( (configuration|delivery|processing))? (error|failure|exception|problem|malfunction)
      (${cannot}) (create|open|write|lock|access|chdir|exec|append|save|store|run|update|process)\b
      command (died|failed|output|time limit) | unavailable for (maintenance|some time) | service (is )?(not available|temporarily|currently)
      temporar\w* (unavailable|failure|error|problem|local|disabled|suspended|rejected|refused|deferred|not)
      maildir ... (sticky|lock) | file ... (permission|exist)
    `,
  },
]
