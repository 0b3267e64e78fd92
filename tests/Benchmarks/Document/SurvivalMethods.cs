namespace HccPipeline.Benchmarks.Document;

/// <summary>Survival.</summary>
internal static class SurvivalMethods
{
    private const string Survival = "Survival";

    public static IReadOnlyList<MethodDescription> All { get; } =
    [
        new(Survival, "Kaplan-Meier curve, risk table", "S(t) = Π(1 − d/r); events before censorings; times equal to 1.5e-8 are one time", "Kaplan, Meier, J Am Stat Assoc 1958;53:457", "`survfit`", "survival",
            ["time", "n_risk", "n_event", "n_censor", "surv"]),
        new(Survival, "Greenwood standard errors; log, log-log, plain limits", "√Σ d/(r(r − d)); S·exp(±z·se); exp(−exp(log(−log S) ± z·se/log S)); S ± z·S·se", "Greenwood 1926; Kalbfleisch, Prentice 1980", "`survfit`", "survival",
            ["std_err_surv", "std_err_cumhaz", "ci_log", "ci_loglog", "ci_plain", "landmark"]),
        new(Survival, "Median and quartiles with limits", "first time with S ≤ 1 − p; where S equals it within 1.5e-8, the middle of that time and the next at which S falls. Limits: the same rule on the curves of the limits, none where they do not come down so far", "Brookmeyer, Crowley, Biometrics 1982;38:29", "`quantile.survfit`", "survival", ["median_log", "median_loglog"]),
        new(Survival, "Restricted mean", "area under S up to τ", "Royston, Parmar, BMC Med Res Methodol 2013;13:152", "`summary(survfit, rmean)`", "survival", ["rmst"]),
        new(Survival, "Log-rank, Peto, stratified", "(O − E)ᵀV⁻(O − E), hypergeometric variance, weights S(t−)^ρ, strata added", "Mantel, Cancer Chemother Rep 1966;50:163; Harrington, Fleming, Biometrika 1982;69:553", "`survdiff`", "survival",
            ["logrank", "peto_rho1", "logrank_stratified"]),
        new(Survival, "Cox regression, Efron and Breslow ties", "Newton on the partial likelihood; LR, Wald and score tests", "Cox, J R Stat Soc B 1972;34:187; Efron, J Am Stat Assoc 1977;72:557", "`coxph`", "survival",
            ["cox_group_efron/coef", "cox_group_efron/se", "cox_group_efron/hr", "cox_group_breslow/coef", "cox_multi_efron/coef", "cox_multi_efron/se", "cox_multi_efron/hr_lower", "cox_multi_efron/hr_upper",
             "cox_multi_efron/p", "cox_multi_efron/lr", "cox_multi_efron/wald", "cox_multi_efron/score", "cox_multi_efron/vcov", "cox_multi_breslow/coef", "cox_multi_breslow/se"]),
        new(Survival, "Concordance", "pairs whose shorter time is an event; infinitesimal jackknife", "Harrell et al., JAMA 1982;247:2543", "`survival::concordance`", "survival", ["concordance", "concordance_se", "concordant", "discordant", "tied_x", "tied_y"]),
        new(Survival, "Proportional hazards", "score test of β(t) = β + θg(t), g from the Kaplan-Meier curve", "Grambsch, Therneau, Biometrika 1994;81:515", "`cox.zph` (its own test in the room)", "", []),
        new(Survival, "Time-dependent AUC", "cases weighted by the inverse probability of not being censored", "Uno et al., J Am Stat Assoc 2007;102:527; variance from each row's influence: Blanche et al., Stat Med 2013;32:5381", "`riskRegression::Score` (its own test in the room)", "", []),
    ];
}
