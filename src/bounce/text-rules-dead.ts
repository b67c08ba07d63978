/**
 * Words after which an address will never work, in English. They are met only when nothing said why the address might live.
 * "Mailbox unavailable" counts with 550 alone and nothing beside it: RFC 5321 4.2.3 uses it for refusals of any kind.
 */
import { phrases } from './phrases.ts'
import type { TextRule } from './text-rules.ts'

const person = 'user|recipients?|addressee|address(es)?|mail ?box|account|person|alias|local[- ]part|login|'
  + 'customer|subscriber|member|destination|username|user ?id|names?|rcpt|e-?mail|individual'
const unknown = 'unknown|invalid|nonexist\\w*|non-?existent|non-?existing|illegal|undefined|unrecogni[sz]ed|incorrect|wrong|mistyped|unroute?able'
const known = 'found|known|exist|recogni[sz]ed|listed|valid|registered|defined|our customer|local|identified|here|present'
const gone = 'exists?|valid|available|here|in use|active|with|works?|on (the|this|our|server)|'
  + 'a |employed|at|used|in service|being|registered|monitored|receiv|accept'
const cannot = "could( not|n't)|can( not|not|'t)|unable to|(not|n't) able to|failed to|did( not|n't)"
const host = '(host|domain|mail ?server|server|machine|site|system)( or domain)?( name)?\\b[^.a-z]{0,8}(@|host)?'
  + '(?:(?!user|recipient|mailbox|address|said|returned|failed|@)[^.]){0,40}\\b'

export const deadRules: readonly TextRule[] = [
  {
    name: 'takes no mail', cause: 'nullMx', why: 'the domain says that it takes no mail (RFC 7505)',
    says: phrases`
      null ?-?mx\b | no (mail|smtp) service | (indicated|has) no smtp service | has no mail (server|exchanger)s? | mail receiving disabled
      (domain|host|@|server) ... (does( not|n't)|do not|will not|never) (accept|receive|take|handle|process) (any )?(e-?mail|mail|messages)(?! from)
    `,
  },
  {
    name: 'moved', cause: 'moved', why: 'mail is no longer taken at this address (RFC 5321 551, RFC 3463 X.1.6)',
    says: phrases`
      (user|recipient|mailbox|person|account|address|has|have|who) (has |have )?(been )?(permanently )?(moved|relocated|migrated)\b
      moved to (@|another|a new|url) | (e-?mail )?address (has |was )?(been )?changed | no forwarding address | replaced by @ | new (e-?mail )?address (is|:) | please try @
    `,
  },
  {
    name: 'unknown user, of Exchange', cause: 'userUnknown', why: 'names of errors of Exchange and Microsoft 365',
    says: phrases`resolver\.adr\.(recip|recipient|exrecip|invalidrecip)\w*notfound | recipnotfound | recipient ?not ?found | \b000c05a6\b | nosuchuser`,
  },
  {
    name: 'unknown host', cause: 'hostUnknown', why: 'the domain does not exist or names no host (RFC 3463 X.1.2, RFC 5321 5.1)',
    says: phrases`
      ${host}(not found|unknown|does( not|n't) exist|do not exist|non-?existent|not exist|no such|not known|invalid)
      ${host}(could( not|n't) be (found|resolved)|can( not|not|'t) be (found|resolved)|not resolv|unresolvable|isn't (valid|registered)|not (a )?(valid|registered))
      (${unknown}|no such|bad|unresolvable) (destination |recipient |remote |mail |target |internet |e-?mail )*(host|domain|server|system|site|node|mx)\b
      illegal host | nxdomain | no (mx|records) (found|for|exist) | dns (error|failure) ... (not found|no such|non-?existent)
      no (valid )?(mx|a|mx or a|address|dns|host|mail exchanger)s? (or a |or aaaa |and a )?(records?|hosts?|entr(y|ies)|information)
      couldn't find (any host|a mail exchanger) | (mx|dns) records? point to non-?existent | all relevant mx
      name service error ... (not found|no address) | host name lookup failure | not a valid (domain|host)
      (${cannot}) (resolve|find|locate|determine) ... (domain|host|mx|mail (server|exchange)|name)
      domain ... (couldn't be found|wasn't found|was not found) | (mail|email) (server|domain) (for|of)? ... not found
      name or service not known | no address associated with | nodename nor servname
    `,
  },
  {
    name: 'no such user', cause: 'userUnknown', why: 'RFC 3463 X.1.1: the mailbox does not exist',
    says: phrases`
      no such ([a-z-]+ ){0,3}(${person}|id|here|local) | no ?(one|body) (here )?(by|with) (that|this) | sorry,? no mailbox here | \bno mailbox\b
      no (such )?(mail ?box|account|user|one|recipient)s? (here|available|named|called|found|exists?|(by|with|of|for|at|on|in) (that|this|the))
      (${unknown}|bad) (or \w+ )?((?!sender|from|return|ip )[a-z-]+ ){0,2}(${person})\b
      (${person}|@)( name)?(\(s\))? ... \b(${unknown}|not (be )?(${known})|not a (valid|known|registered|local|recogni[sz]ed|current))
      (${person}|@)( name)?(\(s\))? ... \b((does|do|did)( not|n't|nt) (exist|have (an?|any))|isn't (valid|known|found|registered|listed)|wasn't found|was not found)
      (${person}|@)( name)?(\(s\))? ... \b(couldn't be found|could not be (found|located|identified)|cannot be found|can't be found)
      (${person}|@)( name)?(\(s\))? ... \b(no longer (${gone})|has left|left the|deleted|removed)
      (${person}|@)( name)?(\(s\))? ... \bnot (in (the|our|this|my|directory|use)|on (this|our|the) (server|system)|(present|hosted|handled) (here|on|by))
      (is |was )?not (a |an )?(valid|known|existing|recogni[sz]ed|registered|listed|current|active|local) ... (${person}|employee)
      isn't a valid | not (listed|found|present) in ... (directory|domino|address ?book|name|table|list)
      (${cannot}) (find|locate|match|look up|recogni[sz]e) ... (recipient|user|mailbox|account|e-?mail address|person|name|match)\b
      has( been)? (left|quit)( the)? (company|organi[sz]ation|firm) | no longer (with|works? (for|at|here)|employed)
      (e-?mail|address) ... (mistyped|misspelled|typed) | user unknown | account not available | no account | not our customer | user doesn't
      mailbox does not | recipient not exist | can't accept user | unknown to (me|us|this)
      \b550\b[^a-z]{0,14}(host )?(requested action not taken: )?(mailbox unavailable|user not)(?! or )
    `,
  },
]
