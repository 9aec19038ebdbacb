using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile models …: the verbs about models; alone it lists them.</summary>
internal static class ModelsVerb
{
    public static Command Create(Job job)
    {
        var json = CommonOptions.Json("Print {\"name\",\"source\",\"path\"} a line.");
        var verb = new Verb(
            "models",
            "Lists models, describes or verifies one, makes a fast static one or one of bytes, joins classifiers to one, or packs one into few bytes.",
            "simile models",
            "simile models info ./all-MiniLM-L6-v2")
        {
            json,
            ModelsListVerb.Create(job),
            ModelsInfoVerb.Create(job),
            ModelsVerifyVerb.Create(job),
            ModelsDistillVerb.Create(job),
            ModelsQuantizeVerb.Create(job),
            ModelsJoinVerb.Create(job),
            ModelsPackVerb.Create(job),
        };
        verb.SetAction(parsed => ModelsListVerb.Run(parsed.GetValue(json), job.Terminal));
        return verb;
    }
}
