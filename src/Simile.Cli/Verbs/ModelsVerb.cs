using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile models …: the verbs about models. By itself it lists them.</summary>
internal static class ModelsVerb
{
    public static Command Create(Job job)
    {
        var json = CommonOptions.Json(ModelsListVerb.Fields);
        var verb = new Verb(
            "models",
            "Lists models, pulls, searches or removes one, describes or verifies it, makes a fast static one or one of bytes, "
            + "joins classifiers to one, or packs one into few bytes.",
            "simile models",
            "simile models pull sentence-transformers/all-MiniLM-L6-v2",
            "simile models info ./all-MiniLM-L6-v2")
        {
            json,
            ModelsListVerb.Create(job),
            ModelsPullVerb.Create(job),
            ModelsRemoveVerb.Create(job),
            ModelsSearchVerb.Create(job),
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
