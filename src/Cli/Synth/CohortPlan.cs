namespace HccPipeline.Cli.Synth;

/// <summary>What is true of every patient of the registry, before any image is made.</summary>
public sealed record CohortPlan
{
    private CohortPlan(IReadOnlyList<PatientPlan> patients, Discrimination discrimination)
    {
        Patients = patients;
        Discrimination = discrimination;
    }

    /// <summary>The patients in the order of entry.</summary>
    public IReadOnlyList<PatientPlan> Patients { get; }

    /// <summary>Apparent AUCs of logistic models fitted to the planned values.</summary>
    public Discrimination Discrimination { get; }

    /// <summary>Plans a registry. Pure: equal options give equal plans.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static CohortPlan Create(SyntheticRegistryOptions options)
    {
        options.Validate();
        CohortCore core = CohortCore.Find(options.Patients, options.Seed);
        RandomSource calendar = new((ulong)options.Seed, RandomPurpose.Calendar);
        DateOnly[] starts = PlanCalendar.TreatmentStarts(options.Patients, calendar);
        int[] centers = PlanCalendar.Centers(options.Patients, options.Centers, calendar);
        BalancedNormals normals = new(core, new RandomSource((ulong)options.Seed, RandomPurpose.Background));
        ClinicalBackground clinical = new(core, normals);
        ImagingBackground imaging = new(core, normals);
        string[] responses = ResponseCategories.Assign(core);
        (double[] months, double[] status) = SurvivalTimes.Draw(core, Array.ConvertAll(responses, ResponseCategories.Rank), options.Seed);

        int[] number = new int[options.Centers];
        PatientPlan[] patients = new PatientPlan[options.Patients];
        for (int i = 0; i < patients.Length; i++)
        {
            int center = centers[i];
            string code = $"C{center + 1:00}";
            patients[i] = new()
            {
                Index = i,
                PatientId = $"SYN-{code}-{++number[center]:000}",
                CenterIndex = center,
                Center = code,
                TreatmentStart = starts[i],
                BirthDate = starts[i].AddYears(-clinical.AgeYears[i]).AddDays(-calendar.NextBelow(360)),
                AgeYears = clinical.AgeYears[i],
                IsMale = clinical.IsMale[i],
                Laboratory = clinical.Laboratory[i],
                ChildPughScore = clinical.ChildPughScore[i],
                Ecog = clinical.Ecog[i],
                HasPortalVeinThrombus = clinical.HasPortalVeinThrombus[i],
                HasHepatitisB = clinical.HasHepatitisB[i],
                Response = responses[i],
                PfsMonths = months[i],
                PfsEvent = status[i] == 1,
                Pre = imaging.Pre(i, PlanCalendar.PreVisit(starts[i], calendar)),
                Post = imaging.Post(i, PlanCalendar.PostVisit(starts[i], calendar)),
            };
        }
        return new(patients, core.Discrimination);
    }
}
