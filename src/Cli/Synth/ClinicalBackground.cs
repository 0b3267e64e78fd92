namespace HccPipeline.Cli.Synth;

/// <summary>The clinical values besides NLR, plausible for advanced hepatocellular carcinoma and without information on the response.</summary>
internal sealed class ClinicalBackground
{
    public ClinicalBackground(CohortCore core, BalancedNormals normals)
    {
        double[] age = normals.Next(), lymphocytes = normals.Next(), platelets = normals.Next(), albumin = normals.Next();
        double[] bilirubin = normals.Next(), afp = normals.Next(), alt = normals.Next();
        IsMale = normals.NextFlags(0.85);
        HasPortalVeinThrombus = normals.NextFlags(0.45);
        HasHepatitisB = normals.NextFlags(0.80);
        bool[] ascites = normals.NextFlags(0.20);
        Ecog = Array.ConvertAll(normals.NextFlags(0.35), flag => flag ? 1 : 0);
        int n = core.Progression.Length;
        AgeYears = new int[n];
        Laboratory = new Laboratory[n];
        ChildPughScore = new int[n];
        for (int i = 0; i < n; i++)
        {
            AgeYears[i] = (int)Math.Clamp(Math.Round(58 + 10 * age[i]), 25, 86);
            double cells = Math.Round(1.40 * Math.Exp(0.16 * lymphocytes[i]), 2);
            Laboratory[i] = new()
            {
                Lymphocytes = cells,
                // Three decimals keep the ratio within 0.1 per cent of the plan.
                Neutrophils = Math.Round(core.Nlr[i] * cells, 3),
                Platelets = Math.Round(Math.Clamp(140 * Math.Exp(0.50 * platelets[i]), 35, 600)),
                AlbuminGPerL = Math.Round(Math.Clamp(38.5 + 4.5 * albumin[i], 24, 52), 1),
                BilirubinUmolPerL = Math.Round(Math.Clamp(15 * Math.Exp(0.45 * bilirubin[i]), 4, 60), 1),
                AfpNgPerMl = Math.Round(Math.Clamp(Math.Exp(5 + 2.2 * afp[i]), 1.5, 60_000), 1),
                AltUPerL = Math.Round(Math.Clamp(38 * Math.Exp(0.5 * alt[i]), 8, 400)),
            };
            ChildPughScore[i] = ChildPugh(Laboratory[i], ascites[i]);
        }
    }

    public int[] AgeYears { get; }

    public bool[] IsMale { get; }

    public bool[] HasPortalVeinThrombus { get; }

    public bool[] HasHepatitisB { get; }

    public int[] Ecog { get; }

    public int[] ChildPughScore { get; }

    public Laboratory[] Laboratory { get; }

    /// <summary>Child–Pugh points for bilirubin, albumin and ascites; coagulation and encephalopathy are taken as normal, one point each.</summary>
    private static int ChildPugh(Laboratory values, bool ascites)
    {
        int bilirubin = values.BilirubinUmolPerL < 34 ? 1 : values.BilirubinUmolPerL <= 51 ? 2 : 3;
        int albumin = values.AlbuminGPerL > 35 ? 1 : values.AlbuminGPerL >= 28 ? 2 : 3;
        return bilirubin + albumin + (ascites ? 2 : 1) + 2;
    }
}
