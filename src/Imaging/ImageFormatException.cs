namespace HccPipeline.Imaging;

/// <summary>An image file that can't be used; the message says what is wrong with it, in words for a person.</summary>
public sealed class ImageFormatException(string message) : Exception(message);
