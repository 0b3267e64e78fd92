using System.CommandLine;
using System.Globalization;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.ModelWorker.Cohort;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc patient</c>: withdrawal.</summary>
internal static class PatientCommand
{
    public static Command Create() => new(
        "patient",
        """
        Take a patient out of the registry.

        Examples:
          hcc patient withdraw P-4f0c2a91d3e85b76 --reason "consent withdrawn on 12 May" --dry-run
          hcc patient withdraw P-4f0c2a91d3e85b76 --reason "consent withdrawn on 12 May"
        """)
    {
        GlobalOptions.Data, Withdraw(),
    };

    private static Command Withdraw()
    {
        Argument<string> pseudonym = new("pseudonym") { Description = "Pseudonym of the patient ('hcc cohort --all' lists them)." };
        Option<bool> dryRun = new("--dry-run") { Description = "Say what would be deleted and which model versions were trained on the patient, and change nothing." };
        Command command = new(
            "withdraw",
            """
            Take a patient out of every later snapshot and delete images, maps, features and clinical values; later deliveries are refused.
            Snapshots, models and reports that were made before stay; the model versions that used the patient are listed. Stopped in between,
            it is completed by running it again, or by 'hcc serve'.

            Examples:
              hcc patient withdraw P-4f0c2a91d3e85b76 --reason "consent withdrawn on 12 May" --dry-run
              hcc patient withdraw P-4f0c2a91d3e85b76 --reason "consent withdrawn on 12 May"
              hcc train --replay 3 --without P-4f0c2a91d3e85b76     what version 3 would be without the patient
            """)
        {
            pseudonym, GlobalOptions.RequiredReason, dryRun, GlobalOptions.By, GlobalOptions.AsJson,
        };
        command.SetAction(async (parse, ct) =>
        {
            string patient = parse.GetRequiredValue(pseudonym), reason = parse.GetRequiredValue(GlobalOptions.RequiredReason);
            if (string.IsNullOrWhiteSpace(reason))
                throw new CliException("--reason must say why.", ExitCodes.Usage);
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            PatientWithdrawal withdrawal = session.Get<PatientWithdrawal>();
            WithdrawalPreview found = await withdrawal.PreviewAsync(patient, ct)
                ?? throw new CliException($"Nothing is known of patient {patient}; 'hcc cohort --all' lists the patients.");
            bool isDry = parse.GetValue(dryRun);
            int inWork = isDry ? 0 : await withdrawal.WithdrawAsync(patient, reason, parse.GetRequiredValue(GlobalOptions.By), ct);
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(new { patient, dryRun = isDry, found.Holdings, found.ModelVersions, withdrawnBefore = found.Before, bricksInWork = inWork, isErased = !isDry && inWork == 0 });
            else
                Print(patient, found, isDry, inWork);
            return inWork > 0 ? ExitCodes.NeedsAttention : ExitCodes.Done;
        });
        return command;
    }

    private static void Print(string patient, WithdrawalPreview found, bool isDry, int inWork)
    {
        PatientHoldings held = found.Holdings;
        if (found.Before is { } before)
            Console.WriteLine($"{patient} withdrew on {DateTimeOffset.FromUnixTimeMilliseconds(before.WithdrawnMs).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: {before.Reason}");
        string what = $"{held.Studies} studies, {held.Files} files, {held.Runs} runs, {held.Values} feature values{(held.HasRecord ? ", the clinical record" : "")}";
        if (isDry)
            Console.WriteLine($"Would delete {what}.");
        else if (inWork > 0)
            Console.WriteLine($"{patient} is out of every later snapshot. {inWork} bricks of the patient are computed at this moment: run this again when they are done, or leave it to 'hcc serve'.");
        else if (held is { Studies: 0, HasRecord: false })
            Console.WriteLine($"Nothing of {patient} is stored but what earlier snapshots hold.");
        else
            Console.WriteLine($"{patient} is out of every later snapshot; deleted {what}.");
        Console.WriteLine(found.ModelVersions.Count == 0
            ? "No model version was trained on the patient."
            : $"Model versions trained on the patient, which stay: {string.Join(", ", found.ModelVersions)}. 'hcc train --replay {found.ModelVersions[^1]} --without {patient}' shows what that means.");
    }
}
