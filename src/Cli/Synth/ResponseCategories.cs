namespace HccPipeline.Cli.Synth;

/// <summary>Response by mRECIST of the cohort.</summary>
internal static class ResponseCategories
{
    // Of the patients with disease control: 3 complete and 12 partial responses in 32.
    private const double CompleteShare = 3.0 / 32, CompleteOrPartialShare = 15.0 / 32;

    /// <summary>PD for progression; of the others, those with the lowest risk responded best.</summary>
    public static string[] Assign(CohortCore core)
    {
        string[] responses = new string[core.Progression.Length];
        Array.Fill(responses, "PD");
        int[] controls = [.. Enumerable.Range(0, responses.Length).Where(i => core.Progression[i] == 0).OrderBy(i => core.Risk[i])];
        for (int k = 0; k < controls.Length; k++)
        {
            double quantile = (k + 0.5) / controls.Length;
            responses[controls[k]] = quantile < CompleteShare ? "CR" : quantile < CompleteOrPartialShare ? "PR" : "SD";
        }
        return responses;
    }

    /// <summary>0 for the best category to 3 for progression.</summary>
    public static int Rank(string response) => response switch { "CR" => 0, "PR" => 1, "SD" => 2, _ => 3 };
}
