using System.Numerics;
using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Local binary patterns on spheres, as PyRadiomics has them: the pattern of a voxel's samples on a sphere is projected on spherical
/// harmonics of each degree, and the size of the projection tells patterns apart whatever their rotation.</summary>
/// <remarks>Banerjee, Moelker, Niessen, van Walsum, ACCV 2012 Workshops, LNCS 7728. Radius in voxels, whatever the spacing. As PyRadiomics computes
/// it, the polar angle of a point takes the place of the azimuth and the other way round, coordinates of the sphere are added to z, y, x in
/// this order, and squares are of complex numbers. Samples beyond the image are 0; of an image of whole numbers they are rounded.</remarks>
public sealed class SphericalBinaryPattern
{
    private readonly Vector3D[] _offsets;

    /// <summary>Harmonics of all degrees at each point: n = 0, 1 (three orders), 2 (five), …</summary>
    private readonly Complex[][] _harmonics;

    /// <summary>Per degree, Σ over points of products of two orders.</summary>
    private readonly Complex[][,] _products;

    /// <summary>Prepares the sphere.</summary>
    /// <param name="degrees">Degrees of harmonics, from 0 on, 1 or more.</param>
    /// <param name="radius">Radius of the sphere, voxels.</param>
    /// <param name="subdivisions">How often the icosahedron is subdivided.</param>
    public SphericalBinaryPattern(int degrees, double radius, int subdivisions)
    {
        Vector3D[] points = Icosphere.Points(subdivisions);
        _offsets = [.. points.Select(p => new Vector3D(p.Z, p.Y, p.X) * radius)];
        _harmonics = [.. points.Select(p =>
        {
            Complex azimuth = new(p.Z, Math.Sqrt(Math.Max(0, 1 - p.Z * p.Z)));
            double across = Math.Sqrt(p.X * p.X + p.Y * p.Y);
            double cosine = across > 0 ? p.X / across : 1;
            return Enumerable.Range(0, degrees).SelectMany(n => SphericalHarmonics.OfDegree(n, azimuth, cosine)).ToArray();
        })];
        _products = [.. Enumerable.Range(0, degrees).Select(Products)];
    }

    /// <summary>Size of the projection on one degree, in the region; 0 elsewhere.</summary>
    /// <param name="image">Image.</param>
    /// <param name="mask">Region.</param>
    /// <param name="degree">Degree, from 0 on.</param>
    public Volume<float> Apply(Volume<float> image, Volume<byte> mask, int degree) => Within(image, mask, (samples, centre) =>
    {
        int first = degree * degree;
        Complex[] c = new Complex[2 * degree + 1];
        for (int v = 0; v < samples.Length; v++)
        {
            for (int m = 0; samples[v] >= centre && m < c.Length; m++)
                c[m] += _harmonics[v][first + m];
        }
        Complex square = Complex.Zero;
        for (int a = 0; a < c.Length; a++)
        {
            for (int b = 0; b < c.Length; b++)
                square += c[a] * c[b] * _products[degree][a, b];
        }
        return Complex.Sqrt(square).Real;
    });

    /// <summary>Excess kurtosis of the samples, in the region; −3 where all are the same, 0 elsewhere.</summary>
    /// <param name="image">Image.</param>
    /// <param name="mask">Region.</param>
    public Volume<float> Kurtosis(Volume<float> image, Volume<byte> mask) => Within(image, mask, (samples, _) =>
    {
        double mean = samples.Average(), second = samples.Average(s => (s - mean) * (s - mean));
        return second > 0 ? samples.Average(s => (s - mean) * (s - mean) * (s - mean) * (s - mean)) / (second * second) - 3 : -3;
    });

    private Volume<float> Within(Volume<float> image, Volume<byte> mask, Func<double[], double, double> of)
    {
        Geometry g = image.Geometry;
        SplineSampler sampler = new(image);
        bool whole = Array.TrueForAll(image.Voxels.ToArray(), float.IsInteger);
        double[] samples = new double[_offsets.Length];
        Volume<float> result = new(g);
        for (int at = 0; at < mask.Voxels.Length; at++)
        {
            if (mask.Voxels[at] == 0)
                continue;
            int x = at % g.SizeX, y = at / g.SizeX % g.SizeY, z = at / (g.SizeX * g.SizeY);
            for (int v = 0; v < samples.Length; v++)
            {
                double sample = sampler.At(x + _offsets[v].X, y + _offsets[v].Y, z + _offsets[v].Z);
                samples[v] = whole ? Math.Round(sample, MidpointRounding.AwayFromZero) : (float)sample;
            }
            result.Voxels[at] = (float)of(samples, image.Voxels[at]);
        }
        return result;
    }

    private Complex[,] Products(int degree)
    {
        int first = degree * degree, orders = 2 * degree + 1;
        Complex[,] sums = new Complex[orders, orders];
        foreach (Complex[] y in _harmonics)
        {
            for (int a = 0; a < orders; a++)
            {
                for (int b = 0; b < orders; b++)
                    sums[a, b] += y[first + a] * y[first + b];
            }
        }
        return sums;
    }
}
