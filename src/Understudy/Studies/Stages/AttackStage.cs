using Understudy.Attacks;

namespace Understudy.Studies.Stages;

/// <summary>Attacks every synthetic data set.</summary>
internal sealed class AttackStage(StageContext context)
{
    public const string Name = "attacks";

    public void Run()
    {
        if (context.Study.Attacks.Count > 0) context.Private.Unaccounted("members, non-members and reference images, in figures of attacks", "measurement");
        foreach (var method in context.Study.Methods)
        {
            foreach (var attack in context.Study.Attacks)
            {
                var folder = context.Run.Attack(method.Id, attack.Id);
                context.Do(Name, $"{method.Id} {attack.Id}", Path.Combine(folder, AttackFiles.ResultName), _ =>
                {
                    var splits = context.Splits;
                    var data = new AttackData(context.Samples(method), splits.Members, splits.NonMembers, splits.Reference);
                    var adversary = MembershipAttacks.Get(attack.Name).Create(attack.Options);
                    var settings = new AttackSettings
                    {
                        Seed = context.Study.Seed,
                        Delta = attack.Options.Delta ?? context.Study.Privacy.Delta,
                        // The largest of the bounds is quoted, so that all of them must hold together.
                        Significance = attack.Options.Significance / context.Study.Attacks.Count,
                    };
                    AttackFiles.Write(AttackEvaluation.Run(adversary, data, settings), folder);
                });
            }
        }
    }
}
