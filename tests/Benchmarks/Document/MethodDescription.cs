namespace HccPipeline.Benchmarks.Document;

/// <summary>One method as the document describes it.</summary>
/// <param name="Section">Part of the document.</param>
/// <param name="Name">What is computed.</param>
/// <param name="Formula">How, in one line.</param>
/// <param name="Source">Where the formula comes from.</param>
/// <param name="Reference">What computed the reference: a function of R, or plain R code from the formula.</param>
/// <param name="Kind">Kind of the compared results.</param>
/// <param name="Fields">Fields of the results that the method fills; none where R has nothing to compare with.</param>
/// <param name="Remark">What to know about the difference.</param>
internal sealed record MethodDescription(
    string Section, string Name, string Formula, string Source, string Reference, string Kind, string[] Fields, string Remark = "");
