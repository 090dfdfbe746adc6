"""People merged before: what becomes of a person becomes of the records that were merged into it."""


def migrate(cr, version):
    """A merged record is archived, has no name left, and the messages of the one that was kept say its pseudonym."""
    cr.execute(
        """
        UPDATE clause_insertion_participant merged
           SET same_person_id = kept.id
          FROM mail_message message
          JOIN clause_insertion_participant kept ON kept.id = message.res_id AND kept.active
         WHERE message.model = 'clause.insertion.participant'
           AND NOT merged.active
           AND merged.same_person_id IS NULL
           AND merged.id != kept.id
           AND message.body ~ ('\\y' || merged.name || '\\y')
           AND NOT EXISTS (
               SELECT FROM clause_insertion_identity identity WHERE identity.participant_id = merged.id
           )
        """
    )
