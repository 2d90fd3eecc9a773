-- Suggestions not yet judged carry a MAC too: one that somebody else put there would have two strangers looked at as one person.
-- Those from before are made again when either customer is next written.
delete from match_suggestion where mac is null;
alter table match_suggestion alter column mac set not null;
alter table match_suggestion drop constraint match_suggestion_check1;
alter table match_suggestion add constraint match_suggestion_judged check ((state = 'open') = (act is null));
