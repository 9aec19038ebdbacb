using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile models …: the verbs about models.</summary>
internal static class ModelsVerb
{
    public static Command Create(Job job) => new Verb("models", "Lists models, describes or verifies one, makes a fast static one or one of bytes, joins classifiers to one, or packs one into few bytes.")
    {
        ModelsListVerb.Create(job),
        ModelsInfoVerb.Create(job),
        ModelsVerifyVerb.Create(job),
        ModelsDistillVerb.Create(job),
        ModelsQuantizeVerb.Create(job),
        ModelsJoinVerb.Create(job),
        ModelsPackVerb.Create(job),
    };
}
