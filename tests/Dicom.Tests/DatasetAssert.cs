namespace HccPipeline.Dicom.Tests;

/// <summary>Compares datasets element by element.</summary>
internal static class DatasetAssert
{
    public static void Equal(DicomDataset expected, DicomDataset actual)
    {
        Assert.Equal(expected.Select(e => (e.Tag, e.Vr)), actual.Select(e => (e.Tag, e.Vr)));
        foreach (DicomElement e in expected)
        {
            DicomElement a = actual.Find(e.Tag)!;
            if (e.Vr == DicomVr.SQ)
            {
                Assert.Equal(e.Items.Count, a.Items.Count);
                for (int i = 0; i < e.Items.Count; i++)
                    Equal(e.Items[i], a.Items[i]);
                continue;
            }
            int length = e.Value.Length;
            Assert.True(a.Value.Span[..length].SequenceEqual(e.Value.Span), $"{e.Tag} differs");
            Assert.Equal((length + 1) / 2 * 2, a.Value.Length);
        }
    }
}
