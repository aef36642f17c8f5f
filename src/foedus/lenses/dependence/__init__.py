"""Who needs whom, and can the pact's gains be shared so that nobody leaves?"""
