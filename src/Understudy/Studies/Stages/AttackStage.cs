using Understudy.Attacks;

namespace Understudy.Studies.Stages;

/// <summary>Attacks every synthetic data set.</summary>
internal sealed class AttackStage(StageContext context)
{
    public const string Name = "attacks";

    public void Run()
    {
        foreach (var method in context.Study.Methods)
        {
            foreach (var attack in context.Study.Attacks)
            {
                var folder = context.Run.Attack(method.Id, attack.Name);
                context.Do(Name, $"{method.Id} {attack.Name}", Path.Combine(folder, AttackFiles.ResultName), _ =>
                {
                    var splits = context.Splits;
                    var data = new AttackData(context.Samples(method), splits.Members, splits.NonMembers, splits.Reference);
                    var adversary = MembershipAttacks.Get(attack.Name).Create(attack.Options);
                    AttackFiles.Write(AttackEvaluation.Run(adversary, data, new AttackSettings { Seed = context.Study.Seed }), folder);
                });
            }
        }
    }
}
